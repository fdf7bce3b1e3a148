/** Stages of models: the family that a model belongs to and the outcome that it was trained towards. */
import { HOME_OUTCOMES, JUMPPAD_NAME, type Outcome } from '../island/index.ts'

const STAGE_FAMILIES = [
  'base',
  'fine-tuned',
  'scratch',
  'preference',
  'aligned',
  'reward',
  'other',
] as const
/** Kind of training that a model comes from. */
export type StageFamily = (typeof STAGE_FAMILIES)[number]

export interface ModelStage {
  readonly family: StageFamily
  /** Outcome that the model was trained towards, where one is known. */
  readonly wanted: Outcome | undefined
  /** Whether people trained it in their browser, on labels or clips of their own. */
  readonly own: boolean
}

/** Returns the name of a stage in model files, addresses and results. */
export function nameOfStage({ family, wanted, own }: ModelStage): string {
  if (wanted !== undefined) return `${family}-${wanted}`
  return own ? `${family}-own` : family
}

const PLAIN: readonly StageFamily[] = ['base', 'fine-tuned', 'scratch']
const TOWARDS: readonly StageFamily[] = ['preference', 'aligned', 'reward']

/** All stages that the lab gives to models. */
const MODEL_STAGES: readonly ModelStage[] = [
  ...PLAIN.map((family) => ({ family, wanted: undefined, own: false })),
  { family: 'fine-tuned', wanted: undefined, own: true },
  ...TOWARDS.flatMap((family) => [
    ...HOME_OUTCOMES.map((wanted) => ({ family, wanted, own: false })),
    { family, wanted: undefined, own: true },
  ]),
]

const BY_NAME = new Map(MODEL_STAGES.map((stage) => [nameOfStage(stage), stage]))
const OTHER: ModelStage = { family: 'other', wanted: undefined, own: false }

/** Returns what a stage's name stands for; names that the lab does not give are of the family `other`. */
export function modelStage(name: string): ModelStage {
  return BY_NAME.get(name) ?? elsewhere(name) ?? OTHER
}

/** Returns the stage of a model towards a jumppad that only other islands have. */
function elsewhere(name: string): ModelStage | undefined {
  const family = TOWARDS.find((each) => name.startsWith(`${each}-`))
  if (family === undefined) return undefined
  const wanted = name.slice(family.length + 1)
  return JUMPPAD_NAME.test(wanted) ? { family, wanted, own: false } : undefined
}

/** Returns the title of a stage, such as `Aligned left` or `Fine-tuned (own)`. */
export function stageName(name: string): string {
  const { family, own, wanted } = modelStage(name)
  const words =
    family === 'other' ? name.replaceAll('-', ' ') : [family, wanted].filter(Boolean).join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1) + (own ? ' (own)' : '')
}
