import {
  type ClipBatch,
  cachedClips,
  DivergedError,
  IMITATION_FIELDS,
  packClips,
  permutation,
  readRecipe,
  type SeenClip,
} from '../../alignment/index.ts'
import { splitKey } from '../../island/index.ts'
import { type ImitationJob, lastGoodImitation, runImitation } from '../imitation-job.ts'
import { identityOf, isStopped, keyOf, type TrainingJob } from './job.ts'
import type { PartResult } from './kept.ts'
import { partsOf, recipeOf } from './recipes.ts'
import type { TrainingReport } from './reports.ts'

/** Share of the clips held out to measure imitation on unseen clips. */
const HELD_OUT_SHARE = 0.15

/** Minimum number of clips for any to be held out. */
const FEWEST_CLIPS = 8

/** Maximum number of clips per run of the graph that scores held-out clips. */
const CLIPS_PER_LOOK = 8

/**
 * Trains a policy to imitate clips. If it diverges, the result is the last checkpoint or, without
 * one, the start.
 */
export async function* imitationPart(
  job: TrainingJob,
  clips: readonly SeenClip[],
): AsyncGenerator<TrainingReport, PartResult | undefined> {
  const { training, heldOut } = parted(job, clips)
  const { task, steps } = taskOf(job, training, heldOut)
  yield { kind: 'part', part: 'imitation', parts: partsOf(job.plan), unit: 'updates', of: steps }
  const part = 'imitation'
  const learning = runImitation(task)
  try {
    for (;;) {
      const next = await learning.next()
      if (next.done === true) {
        const stopped = next.value.step < steps && isStopped(job) ? 'by hand' : 'last update'
        return {
          layout: job.start.layout,
          parameters: next.value.parameters,
          notes: { step: next.value.step, stopped },
        }
      }
      const { kind, step, scores } = next.value
      if (kind === 'update') {
        yield { kind: 'loss', part, step, loss: scores.loss }
        yield { kind: 'progress', part, done: step }
        continue
      }
      yield { kind: 'checkpoint', part, step }
      if (heldOut.length > 0) yield { kind: 'held out', part, step, loss: scores.loss }
    }
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error
    const good = await lastGoodImitation(task)
    const notes = { step: good?.step ?? 0, stopped: 'diverged', problem: error.message } as const
    return { layout: job.start.layout, parameters: good?.parameters ?? job.start.parameters, notes }
  }
}

function taskOf(job: TrainingJob, training: readonly SeenClip[], heldOut: readonly SeenClip[]) {
  const { device, plan, start, store, asked } = job
  const recipe = readRecipe(IMITATION_FIELDS, recipeOf(plan, 'imitation'))
  const length = Math.max(...training.concat(heldOut).map(({ actions }) => actions.length))
  const task: ImitationJob = {
    options: {
      device,
      layout: start.layout,
      recipe,
      key: keyOf(job, 'fine-tuned'),
      training: cachedClips(packClips(training, length)),
      // Validation needs at least one clip; scores on training clips are not reported as held out.
      validation: inBatches(heldOut.length > 0 ? heldOut : training.slice(0, 1), length),
      length,
      asked,
    },
    initial: start.parameters,
    identity: identityOf(job, 'imitation'),
    store,
  }
  return { task, steps: recipe.steps }
}

function parted(job: TrainingJob, clips: readonly SeenClip[]) {
  const held = clips.length < FEWEST_CLIPS ? 0 : Math.round(HELD_OUT_SHARE * clips.length)
  const order = permutation(splitKey(keyOf(job, 'fine-tuned'), 'held out'), clips.length)
  const chosen = Array.from(order).flatMap((index) => clips[index] ?? [])
  return { heldOut: chosen.slice(0, held), training: chosen.slice(held) }
}

function inBatches(clips: readonly SeenClip[], length: number): ClipBatch[] {
  const capacity = Math.min(CLIPS_PER_LOOK, clips.length)
  const batches: ClipBatch[] = []
  for (let first = 0; first < clips.length; first += capacity) {
    batches.push(packClips(clips.slice(first, first + capacity), length, capacity))
  }
  return batches
}
