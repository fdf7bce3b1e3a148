import { decisive, finished, readRecipe } from '../../alignment/index.ts'
import { questionFor } from '../../alignment/labels/index.ts'
import { type HomeOutcome, WORLD_VERSION } from '../../island/index.ts'
import type { TooFewRun } from '../../procedure/index.ts'
import {
  type Amount,
  amountIn,
  defaultRecipe,
  PARTS,
  PLAN_VERSION,
  type PlainRecipe,
  type PlanOf,
  runTraining,
  type TrainingData,
  type TrainingPart,
  type TrainingReport,
  type TrainingResult,
} from '../../procedure/training/index.ts'
import type { Device } from '../../runtime/index.ts'
import { encodeRunData } from '../../storage/index.ts'
import { folderStore } from '../folder-store.ts'
import { type ProgressBar, startProgress } from '../progress.ts'
import { sha256 } from '../write-model.ts'
import type { ComparedAgent } from './answers.ts'
import { Journal } from './journal.ts'

/** Settings of one training. */
export interface TrainingSettings {
  readonly prefer: HomeOutcome
  /** Number of answers that prefer a side. */
  readonly labels: number
  readonly seed: number
  /** Settings that depart from the tab's defaults, by `part.field`. */
  readonly set: Readonly<Record<string, string>>
}

/** Result of a training, with what it has reported on the way. */
interface Trained extends Pick<TooFewRun, 'recipes' | 'updates' | 'trainingSeconds'> {
  readonly result: TrainingResult
}

/**
 * Trains a reward model on answers, then the agent on its rewards: the alignment of the Train page with
 * its default settings, without preference fine-tuning, as in the tour. Resumes from the last checkpoint
 * in `folder`.
 */
export async function train(
  device: Device,
  agent: ComparedAgent,
  data: TrainingData,
  settings: TrainingSettings,
  folder: string,
): Promise<Trained> {
  const plan = planFor(agent, data, settings)
  const store = folderStore(folder)
  const journal = await Journal.open(store, JSON.stringify(plan))
  let progress: ProgressBar | undefined
  const show = async (report: TrainingReport): Promise<void> => {
    await journal.take(report)
    if (report.kind === 'part') {
      progress?.stop()
      const title = PARTS[report.part].title.toLowerCase()
      const name = `${settings.labels} labels, seed ${settings.seed}, ${title}`
      progress = startProgress(name, report.of)
    } else if (report.kind === 'progress') {
      progress?.update(report.done)
    } else if (report.kind === 'notice') {
      progress?.say(report.message)
    }
  }
  let result: TrainingResult
  try {
    result = await finished(runTraining({ plan, start: agent, data, device, store }), show)
  } finally {
    progress?.stop()
  }
  const { reward, reinforcement } = plan.recipes
  return {
    result,
    recipes: { reward: { ...reward }, reinforcement: { ...reinforcement } },
    updates: [...journal.updates],
    trainingSeconds: Math.round(journal.seconds),
  }
}

function planFor(
  { sha256: digest }: ComparedAgent,
  data: TrainingData,
  { prefer, seed, set }: TrainingSettings,
): PlanOf<'align'> {
  const labels = {
    kind: 'people',
    question: questionFor(prefer),
    comparisons: data.comparisons.length,
    decisive: decisive(data.comparisons).length,
    sha256: sha256(encodeRunData(data)),
  } as const
  const recipe = (part: TrainingPart) => recipeOf(part, amountIn(labels), set)
  return {
    version: PLAN_VERSION,
    worldVersion: WORLD_VERSION,
    seed,
    kind: 'align',
    start: { name: 'starting agent', sha256: digest },
    labels,
    preferenceFineTuning: false,
    recipes: {
      reward: recipe('reward'),
      preference: recipe('preference'),
      reinforcement: recipe('reinforcement'),
    },
  }
}

function recipeOf(part: TrainingPart, amount: Amount, set: TrainingSettings['set']): PlainRecipe {
  const prefix = `${part}.`
  const own = Object.entries(set)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value])
  return readRecipe(PARTS[part].fields, {
    ...defaultRecipe(part, amount),
    ...Object.fromEntries(own),
  })
}
