/** The way to what trains, whose code is loaded when it is first asked for. */
import type { Clip } from '../../alignment/labels/index.ts'
import type { TrainingPlan } from '../../procedure/training/plan.ts'
import type { Run } from '../../storage/run-record.ts'

export type Download = 'policy' | 'reward' | 'checkpoint' | 'record'

export async function loadRuns(): Promise<void> {}

export async function estimateOf(_plan: TrainingPlan): Promise<number | undefined> {
  return undefined
}

export async function begin(
  _sketch: TrainingPlan,
  _name: string,
  _clips: readonly Clip[],
): Promise<void> {}

export async function pause(_id: string): Promise<void> {}
export async function resume(_id: string): Promise<void> {}
export async function stop(_id: string, _keep: boolean): Promise<void> {}
export async function rename(_id: string, _name: string): Promise<void> {}
export async function remove(_id: string): Promise<void> {}
export async function repeat(_id: string): Promise<void> {}
export async function download(_run: Run, _what: Download): Promise<void> {}
