/** What can go wrong with a browser's database, each as a sentence for the person at the screen. */

export type StorageProblem =
  /** The disk or the browser's share of it is full. */
  | 'full'
  /** Another tab holds the database in an older form and does not let go. */
  | 'blocked'
  /** The browser has not opened the database for long: most likely it waits for other tabs. */
  | 'queued'
  /** Another tab brought the database to a newer form: this page is too old for it. */
  | 'outdated'
  /** The database is from a newer Jumppad than this page. */
  | 'newer'
  /** The browser's data was cleared while the page was open. */
  | 'cleared'
  /** There is no database here. */
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
  failed: 'The browser’s database failed: nothing was saved. Try again; if it goes on, export.',
}

/** A problem with what is kept in the browser. `message` is for the person, `cause` the original. */
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

/** The browser's errors as ours; errors that say what they mean already are left as they are. */
export function explainStorage(error: unknown): Error {
  if (!isBrowserError(error)) return error instanceof Error ? error : new StorageError('failed')
  return new StorageError(PROBLEMS.get(error.name) ?? 'failed', error)
}

/** Browsers throw a DOMException; newer ones a QuotaExceededError of its own class. */
function isBrowserError(error: unknown): error is Error {
  const named = error instanceof Error && PROBLEMS.has(error.name)
  return error instanceof DOMException || named
}
