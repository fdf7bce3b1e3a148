/** History of an island that is edited: what can be undone and done again. */
import type { IslandFile } from '../../procedure/island-file.ts'

/** Number of steps that can be undone. */
const LONGEST_HISTORY = 200

/** Island with the steps before and after it. */
export interface History {
  readonly island: IslandFile
  readonly past: readonly IslandFile[]
  readonly future: readonly IslandFile[]
  /** Name of the run of edits that goes on, such as typing into a field; undefined if none does. */
  readonly run: string | undefined
}

/** Returns a history without steps. */
export function historyOf(island: IslandFile): History {
  return { island, past: [], future: [], run: undefined }
}

/** Returns the history after an edit: a step of its own, unless it goes on with the run before it. */
export function edited({ island, past, run }: History, next: IslandFile, ofRun?: string): History {
  const goesOn = ofRun !== undefined && ofRun === run
  return {
    island: next,
    past: goesOn ? past : [...past, island].slice(-LONGEST_HISTORY),
    future: [],
    run: ofRun,
  }
}

/** Returns the history one step back; undefined if there is none. */
export function undone({ island, past, future }: History): History | undefined {
  const before = past.at(-1)
  return (
    before && {
      island: before,
      past: past.slice(0, -1),
      future: [island, ...future],
      run: undefined,
    }
  )
}

/** Returns the history with the step done again that was undone last; undefined if there is none. */
export function redone({ island, past, future }: History): History | undefined {
  const [next, ...rest] = future
  return next && { island: next, past: [...past, island], future: rest, run: undefined }
}
