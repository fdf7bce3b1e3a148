/** How fast trainings run on this machine, remembered from those that ended. */
import { z } from 'zod'
import { type LabDatabase, readSetting, saveSetting } from '../storage/index.ts'

const NAME = 'training slowness'
const slownessSchema = z.number().positive().max(1000)

/** How many times longer than on the reference machine a training takes here, if any was made. */
export function readSlowness(database: LabDatabase): Promise<number | undefined> {
  return readSetting(database, NAME, slownessSchema)
}

export function keepSlowness(database: LabDatabase, slowness: number): Promise<void> {
  return saveSetting(database, NAME, Math.min(1000, slowness))
}
