/** Training of the tour: its ten labels, a second judge’s, and settings for two and a half minutes. */

import { currentLabels, questionFor } from '../../alignment/labels/index.ts'
import { type Outcome, WORLD_VERSION } from '../../island/index.ts'
import { stageName } from '../../procedure/model-stages.ts'
import {
  defaultRecipe,
  PLAN_VERSION,
  problemsOf,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import { readClips, readLabels } from '../../storage/index.ts'
import { currentCandidates, findCandidate } from '../data/candidates.ts'
import { loadModels } from '../data/catalogue.ts'
import { labDatabase } from '../data/database.ts'
import { sessionOfLink } from '../data/own-session.ts'
import { labelData, type PeoplesLabels } from '../training/labels.ts'
import { trainingQueue } from '../training/queue.ts'
import { withSecondJudge } from './second-judge.ts'
import { START } from './tour-state.ts'

/** Seconds of training that visitors wait for without leaving. */
const MOST_SECONDS = 150

const MOST_UPDATES = 40
/** Minimum number of updates, however slow the machine is: fewer change next to nothing. */
const FEWEST_UPDATES = 10
const STEP = 5

/**
 * Starts the training on the labelling session that `link` began; resolves to the run's id. Rejects
 * with a message for the visitor.
 */
export async function beginAlignment(link: string, wanted: Outcome): Promise<string> {
  const database = await labDatabase()
  const session = await sessionOfLink(database, link)
  const [labels, clips, queue] = await Promise.all([
    readLabels(database, session),
    readClips(database),
    trainingQueue(),
    loadModels(),
  ])
  // Labelling has measured this machine's speed, even if nothing was trained on it yet.
  await queue.measure()
  const fresh = currentLabels(labels.records).filter(({ kind }) => kind === 'fresh')
  const start = findCandidate(currentCandidates('policy'), START)
  if (!start) throw new Error('Found no agent on this site to start from: reload the page.')
  const own = await labelData(questionFor(wanted), fresh, clips.records)
  const learnt = await withSecondJudge(database, start.sha256, wanted, own)
  const [lacking] = problemsOf(learnt.data)
  if (lacking !== undefined) throw new Error(lacking)
  const named = { name: stageName(start.stage), sha256: start.sha256 }
  const plan = planInTime(learnt.labels, named, (each) =>
    queue.estimateSeconds(each, start.parameters),
  )
  const { id } = await queue.enqueue(plan, `Tour, ${wanted} jumppad`, learnt.data)
  return id
}

/** Returns the plan with as many updates as fit into `MOST_SECONDS` on this machine. */
function planInTime(
  labels: PeoplesLabels,
  start: TrainingPlan['start'],
  secondsFor: (plan: TrainingPlan) => number,
): TrainingPlan {
  let updates = MOST_UPDATES
  let plan = quickPlan(labels, start, updates)
  while (updates > FEWEST_UPDATES && secondsFor(plan) > MOST_SECONDS) {
    updates -= STEP
    plan = quickPlan(labels, start, updates)
  }
  return plan
}

function quickPlan(
  labels: PeoplesLabels,
  start: TrainingPlan['start'],
  updates: number,
): TrainingPlan {
  const { comparisons } = labels
  return {
    version: PLAN_VERSION,
    worldVersion: WORLD_VERSION,
    seed: 1,
    kind: 'align',
    start,
    labels,
    preferenceFineTuning: false,
    recipes: {
      reward: defaultRecipe('reward', { comparisons }),
      preference: defaultRecipe('preference'),
      reinforcement: { ...defaultRecipe('reinforcement'), steps: updates },
    },
  }
}
