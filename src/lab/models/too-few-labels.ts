/** Trainings on few labels, `models/too-few-labels.json`, as a page fetches them. */
import { readTooFewLabels, type TooFewLabels } from '../../procedure/too-few-labels.ts'
import { fetchJson } from './fetch-json.ts'

/** Fetches the trainings at `address`. Rejects with a sentence where there are none. */
export async function fetchTooFewLabels(address: string): Promise<TooFewLabels> {
  return readTooFewLabels(
    await fetchJson(address, {
      name: 'file of trainings on few labels',
      remedy: 'The command “npm run lab -- too-few” runs the trainings and writes it.',
    }),
  )
}
