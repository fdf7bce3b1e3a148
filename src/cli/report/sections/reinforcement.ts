/**
 * Section on reinforcement learning: learning speed, divergence from the starting policy, and
 * reason for stopping.
 */
import type { ReinforcementResult, Results } from '../../../procedure/index.ts'
import { klPicture } from '../figures/kl.ts'
import { learningPicture } from '../figures/learning.ts'
import { variantNames } from '../figures/runs.ts'
import {
  duration,
  markdownTable,
  numbers,
  percent,
  type Row,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { drawn, notMeasured, type Section } from '../section.ts'
import { byWanted } from '../stages.ts'

export function reinforcementSection(results: Results): Section {
  const title = 'Reinforcement learning'
  const { reinforcement } = results
  if (reinforcement.length === 0) {
    return { title, body: [notMeasured('reinforcement learning')] }
  }
  const variants = variantNames(reinforcement)
  const runs = reinforcement.toSorted(
    (a, b) =>
      variants.indexOf(a.variant) - variants.indexOf(b.variant) ||
      byWanted(a, b) ||
      a.seed - b.seed,
  )
  return {
    title,
    body: [
      'How many of an update’s episodes reached the wanted jumppad: training, stopping and the choice of parameters use only the learned reward and the divergence, so this curve is for display only.',
      ...drawn(learningPicture(results)),
      'The same and the learned reward against the divergence from the starting policy: over-optimisation begins where the reward keeps rising while the true preference falls.',
      ...drawn(klPicture(results)),
      `Each run at its last update: means over n = ${wholeRange(runs.map(({ episodesPerUpdate }) => episodesPerUpdate))} episodes per update.`,
      markdownTable(
        [
          words('variant'),
          words('wanted'),
          numbers('seed'),
          numbers('updates'),
          words('stopped'),
          numbers('reached wanted (%)'),
          numbers('at best (%)'),
          numbers('learned reward'),
          numbers('KL (nats per episode)'),
          numbers('training'),
        ],
        runs.map(runRow),
      ),
    ],
  }
}

function runRow(run: ReinforcementResult): Row {
  const last = run.updates.at(-1)
  const best = Math.max(...run.updates.map(({ preference }) => preference))
  return [
    run.variant,
    run.wanted,
    String(run.seed),
    whole(last?.update ?? 0),
    run.stopped,
    ...(last === undefined
      ? ['–', '–', '–', '–']
      : [percent(last.preference), percent(best), last.reward.toFixed(2), last.kl.toFixed(1)]),
    duration(run.trainingSeconds),
  ]
}
