/** Errors of the browser's database, with a user-facing sentence for each. */

export type StorageProblem =
  /** The disk, or the browser's quota for this page, is full. */
  | 'full'
  /** Another tab keeps the database open in an older version. */
  | 'blocked'
  /** The browser has not opened the database for a long time, most likely because it waits for other tabs. */
  | 'queued'
  /** Another tab has migrated the database to a newer version, which this page does not support. */
  | 'outdated'
  /** The database was written by a newer Jumppad than this page. */
  | 'newer'
  /** The browser's data was cleared while the page was open. */
  | 'cleared'
  /** The browser provides no database. */
  | 'unavailable'
  /** The browser keeps closing the connection. */
  | 'lost'
  /** Anything else. */
  | 'failed'

const SENTENCES: Readonly<Record<StorageProblem, string>> = {
  full: 'The disk, or the share of it that the browser gives this page, is full: nothing was saved. Export your labels, free some space, then try again.',
  blocked:
    'Another tab holds the saved labels in an older form: close the other tabs of Jumppad, then try again. Until then this tab keeps what is new in memory alone.',
  queued:
    'The browser has not opened the saved labels for a while, most likely as other tabs of Jumppad hold them: close those, then try again. Until then this tab keeps what is new in memory alone.',
  outdated:
    'Another tab has opened a newer Jumppad, which changed how labels are kept: reload this page to go on.',
  newer:
    'The labels in this browser were saved by a newer Jumppad than this page: reload the page, or open the newer one.',
  cleared:
    'The browser’s data for this page was cleared while it was open: earlier labels are gone from this browser. Import your last exported file.',
  unavailable:
    'This browser keeps no data for this page (a private window, or storage is switched off): nothing can be saved. Open the page in an ordinary window, or export your labels before you close this one.',
  lost: 'The browser closed its database and would not open it again: nothing was saved. Reload the page, then try again.',
  failed:
    'The browser’s database failed and nothing was saved; the disk may be full. Free some space and try again; if it fails again, export your labels.',
}

/** Error of the browser's storage. `message` is for the user, `cause` is the original error. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly problem: StorageProblem

  constructor(problem: StorageProblem, cause?: unknown) {
    const detail = problem === 'failed' && cause instanceof Error ? ` (${cause.message})` : ''
    super(SENTENCES[problem] + detail, { cause })
    this.problem = problem
  }
}

const PROBLEMS = new Map<string, StorageProblem>([
  ['QuotaExceededError', 'full'],
  ['VersionError', 'newer'],
  ['InvalidStateError', 'lost'],
  ['SecurityError', 'unavailable'],
])

/** Converts browser errors to a StorageError; returns errors with a meaningful message unchanged. */
export function explainStorage(error: unknown): Error {
  if (!isBrowserError(error)) return error instanceof Error ? error : new StorageError('failed')
  return new StorageError(PROBLEMS.get(error.name) ?? 'failed', error)
}

/**
 * Returns whether the browser threw the error: a DOMException, or in newer browsers a
 * QuotaExceededError class.
 */
function isBrowserError(error: unknown): error is Error {
  const named = error instanceof Error && PROBLEMS.has(error.name)
  return error instanceof DOMException || named
}
