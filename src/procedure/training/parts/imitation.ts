import {
  type ClipBatch,
  cachedClips,
  IMITATION_FIELDS,
  packClips,
  permutation,
  readRecipe,
  relay,
  type SeenClip,
} from '../../../alignment/index.ts'
import { splitKey } from '../../../island/index.ts'
import { IMITATION_CHECKPOINT, type ImitationJob, runImitation } from '../../imitation-job.ts'
import { stageRecipe } from '../../stages.ts'
import type { PartDefinition } from '../definitions.ts'
import { identityOf, keyOf, type TrainingJob } from '../job.ts'
import { type PartResult, RESULT_FILES } from '../kept.ts'
import { recipeOf } from '../plan.ts'
import type { TrainingReport } from '../reports.ts'

/** Share of the clips held out to measure imitation on unseen clips. */
const HELD_OUT_SHARE = 0.15

/** Minimum number of clips for any to be held out. */
const FEWEST_CLIPS = 8

/** Maximum number of clips per run of the graph that scores held-out clips. */
const CLIPS_PER_LOOK = 8

export const imitation: PartDefinition = {
  name: 'imitation',
  head: 'policy',
  title: 'Imitation',
  about:
    'The agent learns to act as in the clips; some clips are held out to measure how well it does.',
  fields: IMITATION_FIELDS,
  mainFields: ['steps', 'peakRate'],
  defaults({ clips }) {
    const { clipsPerBatch, ...others } = stageRecipe('fine-tuned')
    return {
      ...others,
      clipsPerBatch: Math.max(1, Math.min(clipsPerBatch, clips ?? clipsPerBatch)),
    }
  },
  charts: [
    {
      id: 'imitation loss',
      title: 'Imitation loss',
      unit: ' nats per decision',
      digits: 3,
      domain: ['auto', 'auto'],
      lines: [
        { curve: 'imitation', metric: 'loss', of: 'training' },
        { curve: 'imitationHeldOut', metric: 'loss', of: 'held out' },
      ],
    },
  ],
  summary: [{ curve: 'imitationHeldOut', metric: 'loss', name: 'loss', digits: 3 }],
  outcome({ imitationHeldOut = [] }) {
    const loss = imitationHeldOut.at(-1)?.loss
    return loss === undefined
      ? undefined
      : `Its loss on held-out clips is ${loss.toFixed(3)} nats per decision.`
  },
  counter: { curve: 'imitation', plus: 0 },
  pausesAtCheckpoints: false,
  files: { checkpoint: IMITATION_CHECKPOINT, result: RESULT_FILES.policy },
  seconds(plan, { watch, learn }) {
    const recipe = readRecipe(IMITATION_FIELDS, recipeOf(plan, 'imitation'))
    const { steps, clipsPerBatch, batchesPerUpdate } = recipe
    return steps * clipsPerBatch * batchesPerUpdate * (watch + learn)
  },
}

/**
 * Trains a policy to imitate clips. If it diverges, the result is the last checkpoint or, without
 * one, the start.
 */
export async function* imitationPart(
  job: TrainingJob,
  clips: readonly SeenClip[],
): AsyncGenerator<TrainingReport, PartResult> {
  const { training, heldOut } = parted(job, clips)
  const { task, steps } = taskOf(job, training, heldOut)
  const part = 'imitation'
  yield { kind: 'part', part, unit: 'updates', of: steps }
  const { parameters, step, stopped, problem } = yield* relay(
    runImitation(task),
    function* ({ kind, step, scores: { loss } }): Iterable<TrainingReport> {
      if (kind === 'update') {
        yield { kind: 'point', curve: 'imitation', point: { step, loss } }
        yield { kind: 'progress', part, done: step }
        return
      }
      yield { kind: 'checkpoint', part, step }
      if (heldOut.length > 0)
        yield { kind: 'point', curve: 'imitationHeldOut', point: { step, loss } }
    },
  )
  return { layout: job.start.layout, parameters, notes: { step, stopped, problem } }
}

function taskOf(job: TrainingJob, training: readonly SeenClip[], heldOut: readonly SeenClip[]) {
  const { device, plan, start, store, control } = job
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
      control,
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
