/** Messages between pages and the service worker. Either side may be of an older version. */
import { z } from 'zod'

/** Request from a page to cache files for offline use and report what is cached. */
export const keepSchema = z.object({
  kind: z.literal('keep'),
  /** URL of the page's entry script, whose name identifies its version. */
  entry: z.string(),
  /** URLs that the page and its workers have loaded. */
  files: z.array(z.string()),
})
export type Keep = z.infer<typeof keepSchema>

/** Reply of the worker to `Keep`. */
export const keptSchema = z.object({
  /** Whether the next visit loads the version that the page already runs. */
  current: z.boolean(),
  /** File names of the cached models. */
  models: z.array(z.string()),
  /** Whether at least one onnxruntime WASM file is cached. */
  runtime: z.boolean(),
  /** File names that could not be cached. */
  missing: z.array(z.string()),
})
export type CacheStatus = z.infer<typeof keptSchema>

/** Request from the worker for the entry script of a page, which identifies its version. */
export const WHICH_ENTRY = 'which-entry'
