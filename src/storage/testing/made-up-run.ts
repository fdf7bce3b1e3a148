/** Run records for tests. */
import { madeUpId, madeUpTime } from '../../alignment/labels/testing/made-up-labels.ts'
import { COMMON, shortRecipe } from '../../procedure/training/testing/made-up-training.ts'
import { RUN_VERSION, type Run } from '../run-record.ts'

/** Returns the n-th run, created n seconds after midnight. */
export function madeUpRun(n: number, overrides: Partial<Run> = {}): Run {
  return {
    id: madeUpId(n),
    version: RUN_VERSION,
    name: `Run ${n}`,
    ...{ tags: [], note: '' },
    plan: {
      ...COMMON,
      kind: 'reinforcement',
      reward: { name: 'tiny reward', sha256: 'ef'.repeat(32) },
      recipe: shortRecipe('reinforcement'),
    },
    state: 'queued',
    createdAt: madeUpTime(n),
    seconds: 0,
    partSeconds: {},
    devices: [],
    resumes: 0,
    curves: {},
    ...overrides,
  }
}
