import type { WorkboxPlugin } from 'workbox-core/types.js'
import { withMissingHeaders } from './headers.ts'

/**
 * Plugin that caches only successful responses, with their headers already added: one that is then
 * served unmodified can carry the code that the browser compiled from it.
 */
export const keepable: WorkboxPlugin = {
  cacheWillUpdate: async ({ response }) => (response.ok ? withMissingHeaders(response) : null),
}
