import { z } from 'zod'
import {
  type Ended,
  freshSnapshot,
  type ImitationOptions,
  type ImitationReport,
  type ImitationScores,
  relay,
  type Snapshot,
  trainImitation,
} from '../alignment/index.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { Store } from './store.ts'

export interface ImitationJob {
  /** All options of `trainImitation` except the state to begin from. */
  readonly options: Omit<ImitationOptions, 'from'>
  /** Parameters before the first update. */
  readonly initial: Float32Array
  /** Stage, recipe, key and data in one text; only a checkpoint with the same text is resumed. */
  readonly identity: string
  readonly store: Store
}

/** Held-out scores after `step` updates. */
interface ValidationPoint {
  readonly step: number
  readonly scores: ImitationScores
}

export interface ImitationResult extends ValidationPoint, Ended {
  /** Kept parameters: those after update `step`. */
  readonly parameters: Float32Array
  /** Held-out scores over the whole training, including those from before a resume. */
  readonly curve: readonly ValidationPoint[]
}

export const IMITATION_CHECKPOINT = 'checkpoint.safetensors'
const BEST = 'best.safetensors'

const curveSchema = z.array(
  z.object({
    step: z.int().nonnegative(),
    scores: z.object({
      loss: z.number(),
      headLoss: z.array(z.number()),
      headAccuracy: z.array(z.number()),
      decisions: z.number(),
    }),
  }),
)

/**
 * Runs an imitation training that survives interruption: every validation writes the state to the
 * store, and a job of the same identity resumes from there. The checkpoints stay in the store; the
 * caller removes them once the result is safely stored.
 */
export async function* runImitation(
  job: ImitationJob,
): AsyncGenerator<ImitationReport, ImitationResult> {
  const { store, identity } = job
  const earlier = await resumePoint(store, identity, IMITATION_CHECKPOINT)
  const curve = [...(earlier?.curve ?? [])]
  const save = (name: string, snapshot: Snapshot): Promise<void> =>
    writeCheckpoint(store, name, { identity, notes: JSON.stringify(curve), snapshot })
  let best = earlier && (await resumePoint(store, identity, BEST))?.snapshot
  const from = earlier?.snapshot ?? freshSnapshot(job.initial)
  const {
    snapshot: last,
    stopped,
    problem,
  } = yield* relay(trainImitation({ ...job.options, from }), async function* (report) {
    if (report.kind === 'validation') {
      const { step, scores, snapshot } = report
      const lowest = Math.min(...curve.map((point) => point.scores.loss))
      curve.push({ step, scores })
      if (best === undefined || scores.loss < lowest) {
        best = snapshot
        await save(BEST, snapshot)
      }
      await save(IMITATION_CHECKPOINT, snapshot)
    }
    // Only after the write: a caller may exit as soon as it receives a checkpoint report.
    yield report
  })
  const keepsBest = job.options.recipe.keep === 'best' && stopped !== 'diverged'
  const { step, theta } = keepsBest && best !== undefined ? best : last
  const point = curve.find((candidate) => candidate.step === step)
  if (point === undefined) throw new Error('Training made no updates: increase the number of steps')
  return { ...point, parameters: theta, curve, stopped, problem }
}

async function resumePoint(
  store: Store,
  identity: string,
  name: string,
): Promise<{ snapshot: Snapshot; curve: readonly ValidationPoint[] } | undefined> {
  const kept = await readCheckpoint(store, name, identity)
  return kept && { snapshot: kept.snapshot, curve: curveSchema.parse(JSON.parse(kept.notes)) }
}
