/**
 * Models and recorded play that every page can offer: what this site ships and what this browser
 * keeps. Pages read the store; the functions of this folder write it.
 */

import { create } from 'zustand'
import type { ManifestEntry } from '../../lab/models/manifest.ts'
import type { ShelfEntry } from '../../storage/model-shelf.ts'
import type { KeptPlay } from '../../storage/plays.ts'
import { problemOf } from '../sentences.ts'
import { fetchShippedModels } from './site.ts'

export interface Catalogue {
  /** Models that ship with the site; undefined until their list was read. */
  readonly models: readonly ManifestEntry[] | undefined
  /** Reason why the list of shipped models could not be read, as a sentence. */
  readonly modelsProblem: string | undefined
  /** Models that this browser keeps, newest first; undefined until they were read. */
  readonly shelf: readonly ShelfEntry[] | undefined
  /** Episodes played by hand that this browser keeps, newest first. */
  readonly plays: readonly KeptPlay[]
}

export const useCatalogue = create<Catalogue>(() => ({
  models: undefined,
  modelsProblem: undefined,
  shelf: undefined,
  plays: [],
}))

/** Returns the name of a kept model in addresses. */
export function shelfName(sha256: string): string {
  return `file-${sha256.slice(0, 12)}`
}

let loading: Promise<readonly ManifestEntry[]> | undefined

/**
 * Returns the shipped models, fetching their list on the first call; a failed fetch is repeated by the
 * next call. Rejects with a sentence, which `modelsProblem` then holds too.
 */
export function loadModels(): Promise<readonly ManifestEntry[]> {
  loading ??= fetchModels().finally(() => {
    loading = undefined
  })
  return loading
}

/** Loads the shipped models for pages that read the store, which also holds why that failed. */
export async function refreshModels(): Promise<void> {
  await loadModels().catch(() => undefined)
}

async function fetchModels(): Promise<readonly ManifestEntry[]> {
  const { models: known } = useCatalogue.getState()
  if (known) return known
  useCatalogue.setState({ modelsProblem: undefined })
  try {
    const models = await fetchShippedModels()
    useCatalogue.setState({ models })
    return models
  } catch (error) {
    useCatalogue.setState({ modelsProblem: problemOf(error) })
    throw error
  }
}
