/** Outcome bars of each stage with Wilson intervals, compared with the paper's. */

import { endedInterval, endedShare } from '../../../evaluation/index.ts'
import type { HomeEnding } from '../../../island/index.ts'
import { HOME_ENDINGS } from '../../../island/index.ts'
import { type AgentResult, PAPER_OUTCOMES, type Results } from '../../../procedure/index.ts'
import { stageName } from '../../../procedure/model-stages.ts'
import {
  GAP,
  heading,
  INK,
  inRows,
  type Layer,
  type Panel,
  PERCENT_TICKS,
  type Picture,
} from '../picture.ts'
import {
  endingName,
  mainLineAgents,
  mainLineRows,
  type StageEvaluations,
  stageColour,
} from '../stages.ts'

/** Share of episodes with one outcome, in percent. */
interface Share {
  readonly ending: string
  readonly share: number
}

export function outcomesPicture(results: Results): Picture | undefined {
  const stages = mainLineAgents(results)
  if (stages.length === 0) return undefined
  const rows = mainLineRows(stages.map(({ stage }) => stage))
  return {
    file: 'outcomes.svg',
    alt: 'Bars: the share of episodes that ended at no jumppad, the left, middle and right one, for each stage, next to the paper’s',
    spec: {
      title: heading(
        'How episodes end, stage by stage',
        [
          'Bar: this work, with its Wilson 95 % interval',
          '━ the paper',
          '○ other training seeds',
        ].join(GAP),
      ),
      ...inRows(
        rows.map((row) =>
          row.flatMap((stage, column) =>
            stages.filter((each) => each.stage === stage).map((each) => panel(each, column)),
          ),
        ),
        { across: 44, down: 24 },
      ),
    },
  }
}

function panel({ stage, shown, others }: StageEvaluations, column: number): Panel {
  const paper = PAPER_OUTCOMES[stage]
  const layers = [bars(shown), intervals(shown), seeds(others)]
  if (paper !== undefined) layers.push(paperMarks(paper))
  return {
    title: { text: stageName(stage), color: stageColour(stage) },
    width: 230,
    height: 150,
    encoding: {
      x: {
        field: 'ending',
        type: 'nominal',
        sort: HOME_ENDINGS.map(endingName),
        axis: { labelAngle: 0, title: null, ticks: false, labelPadding: 6 },
      },
      y: {
        field: 'share',
        type: 'quantitative',
        scale: { domain: [0, 100] },
        axis: {
          values: PERCENT_TICKS,
          title: column === 0 ? 'Episodes (%)' : null,
          ticks: false,
          domain: false,
        },
      },
    },
    layer: layers,
  }
}

function shares(agent: AgentResult): Share[] {
  return HOME_ENDINGS.map((ending) => ({
    ending: endingName(ending),
    share: 100 * endedShare(agent.table, ending),
  }))
}

function bars(agent: AgentResult): Layer {
  return {
    data: { values: shares(agent) },
    mark: { type: 'bar', width: 32, color: stageColour(agent.stage), opacity: 0.8 },
  }
}

function intervals(agent: AgentResult): Layer {
  const values = HOME_ENDINGS.map((ending) => {
    const { low, high } = endedInterval(agent.table, ending)
    return { ending: endingName(ending), share: 100 * low, high: 100 * high }
  })
  return {
    data: { values },
    mark: { type: 'rule', color: INK, strokeWidth: 1.5 },
    encoding: { y2: { field: 'high' } },
  }
}

function seeds(agents: readonly AgentResult[]): Layer {
  const color = agents[0] === undefined ? INK : stageColour(agents[0].stage)
  return {
    data: { values: agents.flatMap(shares) },
    mark: {
      type: 'point',
      size: 30,
      fill: 'white',
      stroke: color,
      strokeWidth: 1.2,
      opacity: 1,
      xOffset: 22,
    },
  }
}

function paperMarks(paper: Readonly<Record<HomeEnding, number>>): Layer {
  const values = HOME_ENDINGS.map((ending) => ({
    ending: endingName(ending),
    share: paper[ending],
  }))
  return {
    data: { values },
    mark: { type: 'tick', orient: 'horizontal', size: 46, thickness: 3, color: INK, opacity: 1 },
  }
}
