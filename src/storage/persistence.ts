/** Whether the browser may throw away what is kept, and how much room there is. */
export interface Persistence {
  /** Kept until the user deletes it; false where the browser may clear it when space is short. */
  readonly persistent: boolean
  /** Bytes in use and allowed, as the browser estimates them; undefined where it does not say. */
  readonly usage: number | undefined
  readonly quota: number | undefined
  /** A sentence for the labeller; undefined where there is nothing to worry about. */
  readonly warning: string | undefined
}

/** Below this many bytes left the labeller is told: some ten thousand labels with their clips. */
const LITTLE_ROOM = 50_000_000

/** The part of `navigator.storage` that is needed; absent on pages that are not secure. */
export type StorageKeeper = Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>

/** Asks the browser to keep the data for good. Never rejects: the answer says what is so. */
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
  return 'The browser may clear saved labels when its disk runs short: export them now and then.'
}
