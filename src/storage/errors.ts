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
  full: 'Nothing was saved: the disk, or the storage quota of this page, is full. Export your labels, free some space, then try again.',
  blocked:
    'Another tab has the saved labels open in an older format: close the other Jumppad tabs, then try again. Until then, this tab keeps new labels in memory only.',
  queued:
    'The browser is taking long to open the saved labels, probably because other Jumppad tabs are using them: close those tabs, then try again. Until then, this tab keeps new labels in memory only.',
  outdated:
    'Another tab has opened a newer version of Jumppad, which changed how labels are stored: reload this page to continue.',
  newer:
    'The labels in this browser were saved by a newer version of Jumppad: reload the page, or open the newer version.',
  cleared:
    'The browser’s data for this page was cleared while it was open: earlier labels are gone from this browser. Import your last exported file.',
  unavailable:
    'This browser does not store data for this page (private window, or storage is turned off): nothing can be saved. Open the page in a regular window, or export your labels before you close this one.',
  lost: 'The browser closed its database and could not reopen it: nothing was saved. Reload the page, then try again.',
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
