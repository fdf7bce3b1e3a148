/** Section on cost: computing time of the commands and of each stage's training. */

import type { Results } from '../../../procedure/index.ts'
import { stageName } from '../../../procedure/model-stages.ts'
import { duration, markdownTable, meanAndSpread, numbers, whole, words } from '../format.ts'
import { notMeasured, type Section } from '../section.ts'
import { byStage } from '../stages.ts'

export function costSection({ machine, wallClock, agents }: Results): Section {
  const commands = Object.entries(wallClock)
  const trained = agents.filter(({ start }) => start === 'spawn').sort(byStage)
  const stages = [...new Set(trained.map(({ stage }) => stage))]
  const secondsOf = (stage: string): number[] =>
    trained.filter((agent) => agent.stage === stage).map((agent) => agent.trainingSeconds)
  return {
    title: 'Computing time and machine',
    body: [
      commands.length === 0
        ? notMeasured('the computing time of the commands')
        : `Computing time of the commands that were timed, on ${machine}; n = 1 run each.`,
      ...(commands.length === 0
        ? []
        : [
            markdownTable(
              [words('command'), numbers('time')],
              commands.map(([name, seconds]) => [`\`${name}\``, duration(seconds)]),
            ),
          ]),
      stages.length === 0
        ? notMeasured('how long the training of each stage takes')
        : 'Training alone of one agent of a stage, without the stages before it: mean over n agents.',
      ...(stages.length === 0
        ? []
        : [
            markdownTable(
              [words('stage'), numbers('training'), numbers('n')],
              stages.map((stage) => [
                stageName(stage),
                duration(meanAndSpread(secondsOf(stage)).mean),
                whole(secondsOf(stage).length),
              ]),
            ),
          ]),
    ],
  }
}
