import { CONTRASTIVE_FIELDS, readRecipe, relay } from '../../../alignment/index.ts'
import { splitKey } from '../../../island/index.ts'
import {
  CONTRASTIVE_CHECKPOINT,
  type ContrastiveJob,
  type ContrastiveReport,
  runContrastive,
} from '../../contrastive-job.ts'
import { shareOfBlocks } from '../cost.ts'
import type { PartDefinition } from '../definitions.ts'
import { identityOf, keyOf, type TrainingJob } from '../job.ts'
import { type PartResult, RESULT_FILES } from '../kept.ts'
import { recipeOf, wantedOf } from '../plan.ts'
import type { TrainingReport } from '../reports.ts'
import { clipsOf, type TrainingMaterial } from './clips.ts'
import { MEASURED_EPISODES, measuredPlay } from './measured-play.ts'
import { playCharts, playSummary } from './own-play.ts'
import { heldOutSplit } from './reward.ts'

/** Number of measurements on the labelled clips during training, besides the one at the end. */
const LOOKS = 5

const part = 'contrastive'
/** Curve of every update. */
const CURVE = 'contrastive'
/** Curves of the measurements on the comparisons learnt from, and on held-out ones. */
const MEASURED = 'contrastiveMeasured'
const HELD_OUT = 'contrastiveHeldOut'
/** Curve of the policy's own play before and after training. */
const PLAY = 'contrastivePlay'

export const contrastive: PartDefinition = {
  name: part,
  head: 'policy',
  title: 'Contrastive learning',
  about:
    'Decisions of preferred clips become more likely than those of the others. With sixty or more labels that prefer a side, some are held out to measure accuracy.',
  fields: CONTRASTIVE_FIELDS,
  mainFields: ['steps', 'alpha', 'imitation'],
  // All blocks learn: no play is needed, so the upper blocks alone would save little.
  defaults: () => readRecipe(CONTRASTIVE_FIELDS, { layers: 0, optimiser: 'muon', peakRate: 2e-3 }),
  charts: [
    {
      id: 'contrastive loss',
      title: 'Contrastive loss',
      unit: ' nats per pair',
      digits: 3,
      domain: [0, 'auto'],
      mark: { value: Math.LN2, words: 'start' },
      lines: [
        { curve: CURVE, metric: 'loss', of: 'training' },
        { curve: HELD_OUT, metric: 'loss', of: 'held out' },
      ],
    },
    {
      id: 'contrastive accuracy',
      title: 'Labels that its scores agree with',
      unit: ' %',
      digits: 0,
      domain: [0, 100],
      scale: 100,
      mark: { value: 50, words: 'chance' },
      lines: [
        { curve: MEASURED, metric: 'accuracy', of: 'training' },
        { curve: HELD_OUT, metric: 'accuracy', of: 'held out' },
      ],
    },
    {
      id: 'contrastive kl',
      title: 'KL on the labeled clips',
      unit: ' nats per clip',
      digits: 1,
      domain: [0, 'auto'],
      lines: [{ curve: MEASURED, metric: 'kl', of: 'training' }],
    },
    // No reward is learned.
    ...playCharts(PLAY).filter(({ id }) => id !== 'learned reward'),
  ],
  summary: [
    ...playSummary(PLAY),
    {
      ...{ curve: HELD_OUT, metric: 'accuracy', name: '', unit: ' % correct' },
      ...{ digits: 0, scale: 100 },
    },
  ],
  outcome({ [MEASURED]: measured = [], [HELD_OUT]: heldOut = [] }) {
    const [last, held] = [measured.at(-1), heldOut.at(-1)]
    if (last?.accuracy === undefined || last.kl === undefined) return undefined
    const percent = (share = 0): string => `${(100 * share).toFixed(0)} %`
    const unseen = held ? ` and with ${percent(held.accuracy)} of the held-out ones` : ''
    return `Its scores agree with ${percent(last.accuracy)} of the labels that it learned from${unseen}, ${last.kl.toFixed(1)} nats per labeled clip away from the starting policy.`
  },
  counter: { curve: CURVE, plus: 0 },
  pausesAtCheckpoints: true,
  files: { checkpoint: CONTRASTIVE_CHECKPOINT, result: RESULT_FILES.policy },
  seconds(plan, { play, look, learn }) {
    const recipe = readRecipe(CONTRASTIVE_FIELDS, recipeOf(plan, part))
    const share = shareOfBlocks(recipe)
    const compared = 'labels' in plan ? clipsOf(plan.labels) : 0
    const looks = 1 + (2 + LOOKS) * share
    return (
      compared * look * looks +
      recipe.steps * 2 * recipe.pairsPerBatch * learn * share +
      2 * MEASURED_EPISODES * (play + look)
    )
  },
}

/**
 * Trains a policy on comparisons directly, and then plays with it and with the starting policy, to measure
 * both. If it diverges, the result is the last checkpoint or, with step 0, the start.
 */
export async function* contrastivePart(
  job: TrainingJob,
  material: TrainingMaterial,
): AsyncGenerator<TrainingReport, PartResult> {
  const task = taskOf(job, material)
  yield { kind: 'part', part, unit: 'updates', of: task.recipe.steps }
  const { parameters, step, stopped, problem } = yield* relay(runContrastive(task), translated)
  if (step > 0) {
    const key = splitKey(task.key, 'play')
    const policies = [
      [0, job.start],
      [step, { layout: job.start.layout, parameters }],
    ] as const
    for (const [at, policy] of policies) {
      const point = { step: at, ...(await measuredPlay(job, policy, key)) }
      yield { kind: 'point', curve: PLAY, point }
    }
  }
  return { layout: job.start.layout, parameters, notes: { step, stopped, problem } }
}

function* translated(report: ContrastiveReport): Iterable<TrainingReport> {
  const { step } = report
  if (report.kind === 'update') {
    const [loss = Number.NaN, imitation = Number.NaN] = report.metrics
    yield { kind: 'point', curve: CURVE, point: { step, loss, imitation } }
    yield { kind: 'progress', part, done: step }
  } else if (report.kind === 'checkpoint') {
    yield { kind: 'checkpoint', part, step }
  } else {
    const { training, heldOut, kl } = report.measured
    yield { kind: 'point', curve: MEASURED, point: { step, ...training, kl } }
    if (heldOut) yield { kind: 'point', curve: HELD_OUT, point: { step, ...heldOut } }
  }
}

function taskOf(job: TrainingJob, { clips, comparisons }: TrainingMaterial): ContrastiveJob {
  const { device, plan, start, store, control } = job
  const recipe = readRecipe(CONTRASTIVE_FIELDS, recipeOf(plan, part))
  const key = keyOf(job, part, wantedOf(plan) ?? 'own')
  // The same as for a reward model, so that methods learn from the same labels.
  const { training, heldOut } = heldOutSplit(plan, comparisons)
  const every = Math.ceil(recipe.steps / LOOKS)
  return {
    ...{ device, recipe, key, clips, store, heldOut, agent: start, comparisons: training },
    identity: identityOf(job, part),
    control: {
      ...(control?.stop && { stop: control.stop }),
      checkpoint: (step) => step % every === 0 || control?.checkpoint?.(step) === true,
    },
  }
}
