import type { WorkboxPlugin } from 'workbox-core/types.js'
import { withMissingHeaders } from './headers.ts'

/**
 * Puts the headers on files as they are kept: what is handed out untouched may bring along the code
 * that the browser has compiled from it.
 */
export const keepable: WorkboxPlugin = {
  cacheWillUpdate: async ({ response }) => (response.ok ? withMissingHeaders(response) : null),
}
