/** Types that define the parts and methods of training as data. */
import type { Fields } from '../../alignment/index.ts'
import type { PlayedIsland } from '../../alignment/map-schema.ts'
import type { Wish } from '../../evaluation/wish.ts'
import type { HeadKind } from '../../network/index.ts'
import type { StageFamily } from '../model-stages.ts'
import type { ClipCost } from './cost.ts'
import type { Amount, LabelSource, ModelReference, PlainRecipe, TrainingPlan } from './plan.ts'
import type { CurvePoint, TrainingPart } from './reports.ts'

/** Line of a chart: one metric of one curve. */
export interface ChartLine {
  readonly curve: string
  readonly metric: string
  /** Source of the metric: training data, held-out data, or the policy's own episodes. */
  readonly of: 'training' | 'held out' | 'policy'
}

/** Chart of one quantity, in one or two lines. */
export interface Chart {
  readonly id: string
  readonly title: string
  readonly unit: string
  /** Digits after the decimal point. */
  readonly digits: number
  readonly domain: readonly [number | 'auto', number | 'auto']
  /** Factor from the metric to the displayed value, 1 by default. */
  readonly scale?: number
  /** Reference value to compare with, and its name. */
  readonly mark?: { readonly value: number; readonly words: string }
  /** What must be known about the preference for the metric to be meaningful. */
  readonly needs?: 'wish' | 'style wish'
  readonly lines: readonly ChartLine[]
}

/** Curves of a run, by name. */
type CurvesOf = Readonly<Record<string, readonly CurvePoint[] | undefined>>

/** Metric that summarises a part. */
export interface SummaryNumber
  extends Pick<ChartLine, 'curve' | 'metric'>,
    Pick<Chart, 'scale' | 'needs'> {
  readonly name: string
  /** Unit of the displayed value, with the space before it; none by default. */
  readonly unit?: string
  readonly digits: number
  /** Whether the first value is shown before the last. */
  readonly change?: boolean
}

/** Definition of a part of trainings. */
export interface PartDefinition {
  readonly name: TrainingPart
  /** Kind of model that the part produces; undefined if it produces none. */
  readonly head: HeadKind | undefined
  readonly title: string
  /** Description of the part, in a sentence. */
  readonly about: string
  /** Settings, from which forms and defaults are made; none for a part that learns nothing. */
  readonly fields: Fields
  /** Names of the settings that people change first. */
  readonly mainFields: readonly string[]
  /** Settings in which the tab's default departs from the fields' defaults. */
  defaults(amount: Amount): PlainRecipe
  readonly charts: readonly Chart[]
  /** Metrics that summarise the part in a table, the most important first. */
  readonly summary: readonly SummaryNumber[]
  /** Returns the outcome that the curves show, as a sentence; undefined if they show none yet. */
  outcome?(curves: CurvesOf, diverged: boolean): string | undefined
  /** Curve whose last step, plus a constant, is the number of updates made. */
  readonly counter?: { readonly curve: string; readonly plus: number }
  /** Play from which the policy learns, of which paths are reported too; undefined for a part that does not play. */
  readonly play?: {
    /** Curve with `reward`, `preference` and `kl` of the play before each update or round. */
    readonly curve: string
    /** Name of the setting for the number of episodes that a point is a mean of. */
    readonly episodes: string
  }
  /** Whether a pause waits for the part's next checkpoint, from which it then resumes. */
  readonly pausesAtCheckpoints: boolean
  /** Files of its checkpoint and its result in the run's folder. */
  readonly files: { readonly checkpoint?: string; readonly result?: string }
  /** Returns the seconds that the part takes on the reference machine. */
  seconds(plan: TrainingPlan, cost: ClipCost): number
}

/** Inputs from which a method makes its plan. */
interface PlanInputs {
  readonly common: Pick<TrainingPlan, 'version' | 'worldVersion' | 'seed' | 'start'>
  readonly labels?: LabelSource | undefined
  readonly reward?: (ModelReference & { readonly wanted: Wish | undefined }) | undefined
  /** Island that is played with the reward model; undefined for the first one. */
  readonly island?: PlayedIsland | undefined
  readonly clips?: { readonly count: number; readonly sha256: string } | undefined
  readonly preferenceFineTuning: boolean
  recipe(part: TrainingPart): PlainRecipe
}

/**
 * Method of training: everything that the lab needs to offer and display it. The functions that run it
 * are in `run-training.ts`, so that pages need not load them. `Plan` is the method's own kind of plan;
 * its functions are only called with such plans.
 */
export interface Method<Plan extends TrainingPlan = TrainingPlan> {
  readonly title: string
  /** Description of the method, in a sentence. */
  readonly about: string
  /** Label of the button that starts it. */
  readonly start: string
  /** Data that the method learns from. */
  readonly material: 'labels' | 'reward' | 'clips'
  /** Whether preference fine-tuning can be added before its last part. */
  readonly hasPreferenceOption: boolean
  /** Whether it spends more time on playing, at which a GPU is slower, than on learning. */
  readonly plays: boolean
  /** Family of the trained policy; undefined if only a reward model is trained. */
  readonly family: StageFamily | undefined
  /** Returns its parts in their order. */
  parts(options: { readonly preferenceFineTuning: boolean }): readonly TrainingPart[]
  /** Returns the plan; undefined if an input is missing. */
  plan(inputs: PlanInputs): Plan | undefined
  /** Returns a brief name for a training of this plan. */
  name(plan: Plan): string
}
