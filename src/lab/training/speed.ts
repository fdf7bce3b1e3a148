/** How fast trainings run on this machine, remembered from those that ended. */
import { z } from 'zod'
import { type LabDatabase, readSetting, saveSetting } from '../../storage/index.ts'
import { secondsToPlay } from './estimate.ts'

const NAME = 'training slowness'
const slownessSchema = z.number().positive().max(1000)

/**
 * Remembers how fast this machine plays, for trainings to be estimated by, where none was made yet:
 * a worker took so many seconds to play clips with a network of so many parameters.
 */
export async function noteClipSpeed(
  database: LabDatabase,
  made: { readonly clips: number; readonly seconds: number; readonly parameters: number },
): Promise<void> {
  const expected = made.clips * secondsToPlay(made.parameters)
  if (!(made.seconds > 0) || (await readSlowness(database)) !== undefined) return
  await keepSlowness(database, made.seconds / expected)
}

/** How many times longer than on the reference machine a training takes here, if any was made. */
export function readSlowness(database: LabDatabase): Promise<number | undefined> {
  return readSetting(database, NAME, slownessSchema)
}

export function keepSlowness(database: LabDatabase, slowness: number): Promise<void> {
  return saveSetting(database, NAME, Math.min(1000, slowness))
}
