/** What a part of trainings and a method of training are, as data. */
import type { Fields } from '../../alignment/index.ts'
import type { Outcome } from '../../island/index.ts'
import type { HeadKind } from '../../network/index.ts'
import type { StageFamily } from '../model-stages.ts'
import type { ClipCost } from './cost.ts'
import type { Amount, LabelSource, ModelReference, PlainRecipe, TrainingPlan } from './plan.ts'
import type { CurvePoint, TrainingPart } from './reports.ts'

/** Line of a chart: one metric of one curve. */
export interface ChartLine {
  readonly curve: string
  readonly metric: string
  /** What the line is measured on. */
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
  /** Factor from the metric to what is shown, 1 by default. */
  readonly scale?: number
  /** Value to compare with, and what it is. */
  readonly mark?: { readonly value: number; readonly words: string }
  /** Whether the metric has a meaning only where the preferred outcome is known. */
  readonly needsOutcome?: boolean
  readonly lines: readonly ChartLine[]
}

/** Curves of a run, by name. */
export type CurvesOf = Readonly<Record<string, readonly CurvePoint[] | undefined>>

/** Number that sums a part up. */
export interface SummaryNumber extends Pick<ChartLine, 'curve' | 'metric'> {
  readonly name: string
  readonly digits: number
  /** Whether the first value is shown before the last. */
  readonly change?: boolean
}

/** One part of trainings. */
export interface PartDefinition {
  readonly name: TrainingPart
  /** Kind of model that comes out of it; undefined where none does. */
  readonly head: HeadKind | undefined
  readonly title: string
  /** What happens in it, in a sentence. */
  readonly about: string
  /** Settings, from which forms and defaults are made; none for a part that learns nothing. */
  readonly fields: Fields
  /** Names of the settings that people change first. */
  readonly mainFields: readonly string[]
  /** Settings in which the tab's default departs from the fields' defaults. */
  defaults(amount: Amount): PlainRecipe
  readonly charts: readonly Chart[]
  /** Numbers that sum the part up in a table, the most important first. */
  readonly summary: readonly SummaryNumber[]
  /** Returns what the curves came to, as a sentence; undefined where they show nothing yet. */
  outcome?(curves: CurvesOf, diverged: boolean): string | undefined
  /** Curve whose last point tells how many updates were made, and the number to add to its step. */
  readonly counter?: { readonly curve: string; readonly plus: number }
  /** Whether a pause waits for its next checkpoint, from which it then resumes. */
  readonly pausesAtCheckpoints: boolean
  /** Files of its checkpoint and its result in the run's folder. */
  readonly files: { readonly checkpoint?: string; readonly result?: string }
  /** Returns the seconds that it takes on the reference machine. */
  seconds(plan: TrainingPlan, cost: ClipCost): number
}

/** Inputs from which a method makes its plan. */
export interface PlanInputs {
  readonly common: Pick<TrainingPlan, 'version' | 'worldVersion' | 'seed' | 'start'>
  readonly labels?: LabelSource | undefined
  readonly reward?: (ModelReference & { readonly wanted: Outcome | undefined }) | undefined
  readonly clips?: { readonly count: number; readonly sha256: string } | undefined
  readonly preferenceFineTuning: boolean
  recipe(part: TrainingPart): PlainRecipe
}

/**
 * Method of training: all that the lab needs to know to offer it and show it; `run-training.ts` has
 * the functions that run it, so that pages need not load them. `Plan` is the
 * method's own kind of plan; its functions are only called with such plans.
 */
export interface Method<Plan extends TrainingPlan = TrainingPlan> {
  readonly title: string
  /** What it does, in a sentence. */
  readonly about: string
  /** Label of the button that starts it. */
  readonly start: string
  /** Data that it learns from. */
  readonly material: 'labels' | 'reward' | 'clips'
  /** Whether it can have preference fine-tuning before its last part. */
  readonly hasPreferenceOption: boolean
  /** Whether it spends more time on playing than on learning, where a GPU is slower. */
  readonly plays: boolean
  /** Family of the policy that comes out; undefined where only a reward model does. */
  readonly family: StageFamily | undefined
  /** Returns its parts in their order. */
  parts(options: { readonly preferenceFineTuning: boolean }): readonly TrainingPart[]
  /** Returns the plan; undefined where an input is missing. */
  plan(inputs: PlanInputs): Plan | undefined
  /** Returns a brief name for a training of this plan. */
  name(plan: Plan): string
}
