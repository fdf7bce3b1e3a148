/** Persistence of the browser's storage, and its remaining space. */
export interface Persistence {
  /**
   * Whether data is kept until the user deletes it; if false, the browser may clear it when space
   * is short.
   */
  readonly persistent: boolean
  /** Bytes used and available, as estimated by the browser; undefined if it gives no estimate. */
  readonly usage: number | undefined
  readonly quota: number | undefined
  /** Warning for the labeller; undefined if there is none. */
  readonly warning: string | undefined
}

/** Number of free bytes below which the labeller is warned: about ten thousand labels with their clips. */
const LITTLE_ROOM = 50_000_000

/** Subset of `navigator.storage` that is needed; undefined in insecure contexts. */
export type StorageKeeper = Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>

/** Requests persistent storage. Never rejects: the result describes the actual state. */
export async function requestPersistence(keeper: StorageKeeper | undefined): Promise<Persistence> {
  const persistent = await keeper
    ?.persisted()
    .then((already) => already || keeper.persist())
    .catch(() => false)
  const { usage, quota } = (await keeper?.estimate().catch(() => undefined)) ?? {}
  const room = usage === undefined || quota === undefined ? undefined : quota - usage
  return { persistent: persistent ?? false, usage, quota, warning: warningOf(persistent, room) }
}

function warningOf(persistent: boolean | undefined, room: number | undefined): string | undefined {
  if (room !== undefined && room < LITTLE_ROOM) {
    const megabytes = Math.max(0, Math.floor(room / 1_000_000))
    return `The browser has only ${megabytes} MB left for this page: export your labels and free some space.`
  }
  if (persistent) return undefined
  return 'The browser may delete saved labels when disk space runs low: export them regularly.'
}
