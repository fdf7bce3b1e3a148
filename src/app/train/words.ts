/** Words of the Train page: its kinds of job, their parts, their settings, and times. */
import type { LabelSource, TrainingKind } from '../../procedure/training/plan.ts'
import type { TrainingPart } from '../../procedure/training/reports.ts'
import { capitalised } from '../sentences.ts'
import { countOf } from '../ui/format.ts'

export const JOB_WORDS: Readonly<
  Record<TrainingKind, { readonly title: string; readonly about: string; readonly start: string }>
> = {
  align: {
    title: 'Align',
    about: 'From labels to an agent that does what they prefer: all three steps in a row.',
    start: 'Align the agent',
  },
  reward: {
    title: 'Reward model',
    about: 'Only the first step: learn from labels which of two clips is preferred.',
    start: 'Train the reward model',
  },
  preference: {
    title: 'Preference fine-tuning',
    about: 'The agent imitates the best of its own play, as a reward model sees it.',
    start: 'Fine-tune on preferences',
  },
  reinforcement: {
    title: 'Reinforcement learning',
    about: 'Trial and error on the reward that a reward model gives.',
    start: 'Begin reinforcement learning',
  },
  'fine-tune': {
    title: 'Fine-tune on clips',
    about: 'Imitate chosen episodes, your own play among them.',
    start: 'Fine-tune the agent',
  },
}

export const PART_WORDS: Readonly<
  Record<TrainingPart, { readonly title: string; readonly about: string }>
> = {
  clips: {
    title: 'Clips',
    about: 'The clips that it learns from are played, frame by frame.',
  },
  imitation: {
    title: 'Imitation',
    about: 'The agent learns to do what was done in the clips; some are held out to see how well.',
  },
  reward: {
    title: 'Reward model',
    about:
      'Learns from the labels to score a clip. Of sixty that prefer a side or more, some are held out to see how often it is right.',
  },
  preference: {
    title: 'Preference fine-tuning',
    about: 'The agent plays, the reward model scores, and the agent imitates the best of its play.',
  },
  reinforcement: {
    title: 'Reinforcement learning',
    about: 'The agent tries, the reward model scores, and what scored well becomes more likely.',
  },
}

/** `in` a sentence: names of settings as people would say them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  steps: 'Updates',
  peakRate: 'Learning rate',
  floor: 'Rate left at the end',
  maximumNorm: 'Largest gradient norm',
  klWeight: 'Price of divergence',
  klLimit: 'Limit of divergence',
  lambda: 'Credit to earlier decisions (λ)',
  clip: 'Clip range',
  jitter: 'Change of light',
  pool: 'Episodes of its own',
  share: 'Best share',
  keep: 'Parameters kept',
  validationEvery: 'Looks at held-out clips every',
  checkpointEvery: 'Checkpoint every',
  groupSize: 'Episodes a group',
  epochs: 'Rounds an update',
  minibatches: 'Steps a round',
  episodesPerUpdate: 'Episodes an update',
  clipsPerBatch: 'Clips a batch',
  pairsPerBatch: 'Pairs an update',
  batchesPerUpdate: 'Batches an update',
}

/** `weightDecay` is `Weight decay`. */
export function fieldName(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return FIELD_NAMES[name] ?? capitalised(words)
}

/** Whose labels, in a few words. */
export function sourceWords(labels: LabelSource): string {
  if (labels.kind === 'people') return countOf(labels.comparisons, 'label')
  const goal = labels.wanted
  return `${countOf(labels.comparisons, 'pair')} by a judge for ${goal}`
}

/** A number as a table shows it: `0.001`, `1,600`, `3.2e-7`. */
export function numberWords(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(1)
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}
