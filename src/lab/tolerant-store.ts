import type { Store } from '../procedure/store.ts'
import { StorageError } from '../storage/index.ts'

/**
 * A store in which a write that the browser refuses is told and otherwise passed over: a training
 * goes on without a checkpoint rather than not at all.
 */
export function tolerantStore(store: Store, onRefused: (error: StorageError) => void): Store {
  return {
    ...store,
    async write(name, bytes) {
      try {
        await store.write(name, bytes)
      } catch (error) {
        if (!(error instanceof StorageError)) throw error
        onRefused(error)
      }
    },
  }
}
