import type { PolicyScores } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { measure } from '../evaluate.ts'
import { machine } from '../write-model.ts'

/** Seed of the evaluation recorded in the manifest. */
const EVALUATION_SEED = 20260

/** Evaluates a policy's file on fresh episodes and returns its scores in the manifest's format. */
export async function policyScores(
  device: Device,
  path: string,
  step: number,
  trainingSeconds: number,
  episodes: number,
): Promise<PolicyScores> {
  const result = await measure(device, path, {
    episodes,
    seed: EVALUATION_SEED,
    start: 'spawn',
    temperature: 1,
    islands: 64,
  })
  const { seed, outcomes, intervals, meanDecisions } = result
  return {
    step,
    trainingSeconds,
    machine: machine(device),
    evaluation: { episodes: result.episodes, seed, outcomes, intervals, meanDecisions },
  }
}
