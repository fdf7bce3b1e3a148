/** Results file of a folder of models, which several commands may change at once. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Results, readResults, resultsText } from '../procedure/index.ts'
import { isMissing } from './folder-store.ts'
import { changeFile } from './lock.ts'

export function resultsPath(folder: string): string {
  return join(folder, 'results.json')
}

/** Reads the results in a folder; undefined if there are none. Throws an Error if they are damaged. */
export async function readResultsFile(folder: string): Promise<Results | undefined> {
  try {
    return readResults(JSON.parse(await readFile(resultsPath(folder), 'utf8')))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Replaces the results in a folder by those that `make` returns, while other commands wait. */
export function changeResults(folder: string, make: () => Promise<Results>): Promise<void> {
  return changeFile(resultsPath(folder), async () => resultsText(await make()))
}
