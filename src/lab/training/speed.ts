/** Speed of trainings on this machine, measured by those that ended and stored. */
import { z } from 'zod'
import { clipCost } from '../../procedure/training/index.ts'
import { type LabDatabase, readSetting, saveSetting } from '../../storage/index.ts'

const NAME = 'training slowness'
const slownessSchema = z.number().positive().max(1000)

/**
 * Stores the slowness of this machine from the `seconds` that it took to play clips, unless one is
 * stored already, so that trainings can be estimated before any has run.
 */
export async function noteClipSpeed(
  database: LabDatabase,
  made: { readonly clips: number; readonly seconds: number; readonly parameters: number },
): Promise<void> {
  const expected = made.clips * clipCost(made.parameters).play
  if (!(made.seconds > 0) || (await readSlowness(database)) !== undefined) return
  await keepSlowness(database, made.seconds / expected)
}

/** Reads the training time on this machine relative to the reference machine, if measured. */
export function readSlowness(database: LabDatabase): Promise<number | undefined> {
  return readSetting(database, NAME, slownessSchema)
}

export function keepSlowness(database: LabDatabase, slowness: number): Promise<void> {
  return saveSetting(database, NAME, Math.min(1000, slowness))
}

/** Returns the sum of the seconds of some parts. */
export function totalOf(parts: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(parts).reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0)
}
