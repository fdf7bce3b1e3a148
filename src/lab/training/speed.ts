/** Speed of trainings on this machine, remembered from those that ended. */
import { z } from 'zod'
import { clipCost } from '../../procedure/training/index.ts'
import { type LabDatabase, readSetting, saveSetting } from '../../storage/index.ts'

const NAME = 'training slowness'
const slownessSchema = z.number().positive().max(1000)

/**
 * Remembers how fast this machine plays clips with a network of so many parameters, so that trainings
 * can be estimated where none has run yet.
 */
export async function noteClipSpeed(
  database: LabDatabase,
  made: { readonly clips: number; readonly seconds: number; readonly parameters: number },
): Promise<void> {
  const expected = made.clips * clipCost(made.parameters).play
  if (!(made.seconds > 0) || (await readSlowness(database)) !== undefined) return
  await keepSlowness(database, made.seconds / expected)
}

/** Reads how many times longer than on the reference machine a training takes here, if any has run. */
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
