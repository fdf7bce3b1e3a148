/** Texts of the Train page: names of settings, label sources, numbers. */
import {
  type LabelSource,
  placeWords,
  sourceName,
  type TrainingPlan,
} from '../../procedure/training/plan.ts'
import { capitalised } from '../sentences.ts'
import { countOf } from '../ui/format.ts'

/** Display names of settings; others are derived from the setting's name. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  steps: 'Updates',
  peakRate: 'Learning rate',
  floor: 'Final learning-rate fraction',
  maximumNorm: 'Maximum gradient norm',
  klWeight: 'KL penalty',
  klLimit: 'KL limit',
  lambda: 'GAE λ',
  clip: 'Clip range',
  jitter: 'Colour jitter',
  pool: 'Episodes to rank',
  share: 'Best share kept',
  keep: 'Parameters kept',
  validationEvery: 'Validation interval',
  checkpointEvery: 'Checkpoint interval',
  groupSize: 'Episodes per group',
  epochs: 'Epochs per update',
  minibatches: 'Minibatches per epoch',
  episodesPerUpdate: 'Episodes per update',
  clipsPerBatch: 'Clips per batch',
  pairsPerBatch: 'Pairs per update',
  batchesPerUpdate: 'Batches per update',
  updates: 'Updates per round',
  earlier: 'Earlier rounds kept',
  weighting: 'Weight by reward',
  temperature: 'Sampling temperature',
  alpha: 'Score weight α',
  discount: 'Discount γ',
  conservative: 'Conservative weight λ',
  imitation: 'Imitation weight',
}

/** Returns the display name of a setting: `Weight decay` for `weightDecay`. */
export function fieldName(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return FIELD_NAMES[name] ?? capitalised(words)
}

/** Returns the number and source of labels, in a few words. */
export function sourceWords(labels: LabelSource): string {
  if (labels.kind === 'people') return countOf(labels.comparisons, 'label')
  if (labels.kind === 'study') {
    return `${countOf(labels.comparisons, 'pair')} of the study “${labels.study.title}”`
  }
  return `${countOf(labels.comparisons, 'pair')} by a ${sourceName(labels)}`
}

/** Formats a number for a table: `0.001`, `1,600`, `3.2e-7`. */
export function numberWords(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(1)
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}

/** Data that a plan learns from, and what identifies it. */
interface DataWords {
  readonly words: string
  /** Digest of the data; undefined for a judge, whose answers follow from the plan. */
  readonly sha256?: string
  /** Error rates of a judge, in words; undefined if it never errs. */
  readonly slips?: string
}

/** Describes the data that a plan learns from; undefined if it needs none. */
export function dataWords(plan: TrainingPlan): DataWords | undefined {
  if ('clips' in plan) return { words: `${plan.clips.count} clips`, sha256: plan.clips.sha256 }
  if ('reward' in plan) {
    const words = `${plan.reward.name}${placeWords(plan.island)}`
    return { words, sha256: plan.reward.sha256 }
  }
  if (!('labels' in plan)) return undefined
  const { labels } = plan
  const words = sourceWords(labels)
  if (labels.kind !== 'judge') return { words, sha256: labels.sha256 }
  const slips = [
    ...(labels.noise > 0 ? [`error rate ${Math.round(100 * labels.noise)} %`] : []),
    ...(labels.cantTell > 0 ? [`can’t tell ${Math.round(100 * labels.cantTell)} %`] : []),
  ].join(', ')
  return { words, ...(slips && { slips }) }
}
