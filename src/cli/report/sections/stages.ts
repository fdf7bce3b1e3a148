/** Sections on the outcomes of each stage, compared with the paper's, and on their trajectories. */

import { endedInterval, endedShare } from '../../../evaluation/index.ts'
import { HOME_ENDINGS } from '../../../island/index.ts'
import { PAPER_EPISODES, PAPER_OUTCOMES, type Results } from '../../../procedure/index.ts'
import { stageName } from '../../../procedure/model-stages.ts'
import { outcomesPicture } from '../figures/outcomes.ts'
import { trajectoriesPicture } from '../figures/trajectories.ts'
import {
  counted,
  markdownTable,
  numbers,
  points,
  shareWithInterval,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { PAPER } from '../paper.ts'
import { drawn, notMeasured, type Section } from '../section.ts'
import { mainLineAgents, mainLineRows, type StageEvaluations } from '../stages.ts'

const INHERITED =
  'How often the base agent takes each jumppad is inherited from the population of scripted players that it imitates: it is a setting, not a result.'

export function stagesSection(results: Results): Section {
  const title = 'Stages compared with the paper’s'
  const stages = mainLineAgents(results)
  if (stages.length === 0) {
    return { title, body: [notMeasured('how the episodes of each stage end')] }
  }
  const episodes = wholeRange(stages.map(({ shown }) => shown.table.episodes))
  return {
    title,
    body: [
      `How fresh episodes from a spawn ended, in percent with Wilson 95 % intervals; n = ${episodes} episodes a stage, played by the shipped policy (the one of the lowest training seed where none is shipped). The paper’s shares are read off the bar charts of ${PAPER}, n = ${whole(PAPER_EPISODES)} trajectories a stage; the difference is ours less the paper’s, in percentage points.`,
      INHERITED,
      ...drawn(outcomesPicture(results)),
      markdownTable(
        [
          words('stage'),
          words(''),
          ...HOME_ENDINGS.map(numbers),
          numbers('decisions per episode'),
          numbers('n'),
        ],
        stages.flatMap(stageRows),
      ),
    ],
  }
}

/**
 * Returns a row with our shares and, if the paper has this stage too, rows with its shares and the
 * difference.
 */
function stageRows({ stage, shown }: StageEvaluations): string[][] {
  const { table } = shown
  const { episodes, meanDecisions } = table
  const ours = [
    stageName(stage),
    'ours',
    ...HOME_ENDINGS.map((ending) =>
      shareWithInterval(endedShare(table, ending), endedInterval(table, ending)),
    ),
    meanDecisions.toFixed(1),
    whole(episodes),
  ]
  const paper = PAPER_OUTCOMES[stage]
  if (paper === undefined) return [ours]
  const differences = HOME_ENDINGS.map((ending) =>
    points(100 * endedShare(table, ending) - paper[ending]),
  )
  return [
    ours,
    [
      '',
      'the paper’s',
      ...HOME_ENDINGS.map((ending) => paper[ending].toFixed(1)),
      '',
      whole(PAPER_EPISODES),
    ],
    ['', 'difference', ...differences, '', ''],
  ]
}

export function trajectoriesSection(results: Results): Section {
  const title = 'Trajectories'
  const picture = trajectoriesPicture(results)
  if (picture === undefined) {
    return { title, body: [notMeasured('the trajectories of any stage')] }
  }
  const stages = mainLineRows(results.trajectories.map(({ stage }) => stage)).flat()
  const episodes = results.trajectories
    .filter(({ stage }) => stages.includes(stage))
    .flatMap((each) => each.episodes).length
  return {
    title,
    body: [
      `The paths of ${counted(episodes, 'fresh episode')}, replayed from their actions and drawn over the island in the paper’s colours: base red, fine-tuned amber, aligned green.`,
      picture,
    ],
  }
}
