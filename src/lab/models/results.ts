/** Evaluation results of every stage, `models/results.json`, as a page fetches them. */
import { type Results, readResults } from '../../procedure/results.ts'
import { messageOf } from '../worker/errors.ts'
import { fetchJson } from './fetch-json.ts'

export type { AgentResult, EpisodeRecord, Results } from '../../procedure/results.ts'

/** Fetches the results at `address`. Rejects with a sentence where there are none. */
export async function fetchResults(address: string): Promise<Results> {
  try {
    return readResults(
      await fetchJson(address, {
        name: 'file of results',
        remedy: 'The command “npm run lab -- pipeline” measures every stage and writes it.',
      }),
    )
  } catch (error) {
    throw new Error(messageOf(error))
  }
}
