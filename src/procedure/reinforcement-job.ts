import { z } from 'zod'
import {
  type Reinforced,
  type ReinforcementOptions,
  type ReinforcementPoint,
  type ReinforcementReport,
  reinforce,
  relay,
} from '../alignment/index.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { Store } from './store.ts'

export interface ReinforcementJob {
  /** All options of `reinforce` except the state to begin from. */
  readonly options: Omit<ReinforcementOptions, 'from' | 'history' | 'values'>
  /** Stage, recipe, key and models in one text; only a checkpoint with the same text is resumed. */
  readonly identity: string
  readonly store: Store
}

export const REINFORCEMENT_CHECKPOINT = 'reinforcement.safetensors'

const historySchema = z.array(
  z.object({
    update: z.int().nonnegative(),
    reward: z.number(),
    preference: z.number(),
    kl: z.number(),
    entropy: z.number(),
    length: z.number(),
  }),
)

/** State kept besides the snapshot. */
const notesSchema = z.object({
  history: historySchema,
  values: z.object({ gram: z.array(z.number()), moment: z.array(z.number()) }).optional(),
})

/**
 * Runs reinforcement learning, resuming from the last checkpoint where there is one. The checkpoint
 * stays in the store; the caller removes it once the result is safely stored.
 */
export async function* runReinforcement(
  job: ReinforcementJob,
): AsyncGenerator<ReinforcementReport, Reinforced> {
  const { store, identity } = job
  const kept = await readCheckpoint(store, REINFORCEMENT_CHECKPOINT, identity)
  const notes = kept && notesSchema.parse(JSON.parse(kept.notes))
  const history: ReinforcementPoint[] = notes?.history ?? []
  const training = reinforce({
    ...job.options,
    from: kept?.snapshot,
    history: [...history],
    values: notes?.values,
  })
  return yield* relay(training, async function* (report) {
    if (report.kind === 'update') {
      history.push(report.point)
    } else {
      const { snapshot, values } = report
      const kept = JSON.stringify({ history, values })
      await writeCheckpoint(store, REINFORCEMENT_CHECKPOINT, { identity, notes: kept, snapshot })
    }
    // Only after the write: a caller may exit as soon as it receives a checkpoint report.
    yield report
  })
}
