/** What pages and the service worker say to each other. Either may be of an older version. */
import { z } from 'zod'

/** A page to the worker: keep these for when there is no network, and say how things stand. */
export const keepSchema = z.object({
  kind: z.literal('keep'),
  /** The page's first script, whose name stands for its version. */
  entry: z.string(),
  /** Addresses of what the page and its workers have loaded. */
  files: z.array(z.string()),
})
export type Keep = z.infer<typeof keepSchema>

/** The worker's answer. */
export const keptSchema = z.object({
  /** Whether the next visit brings the version that the page already is. */
  current: z.boolean(),
  /** File names of the models that are kept. */
  models: z.array(z.string()),
  /** Whether what runs models is kept. */
  runtime: z.boolean(),
  /** File names of what was to be kept and is not. */
  missing: z.array(z.string()),
})
export type Kept = z.infer<typeof keptSchema>

/** The worker to a page: which version are you? */
export const WHICH_ENTRY = 'which-entry'
