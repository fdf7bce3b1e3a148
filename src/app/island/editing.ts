/** Island that is being edited: its history, and what is selected. The address carries it soon after each change. */
import { create } from 'zustand'
import type { Point } from '../../island/index.ts'
import { HOME_MAP, type IslandMap } from '../../island/index.ts'
import type { IslandFile } from '../../procedure/island-file.ts'
import { addressOf, islandOf } from '../stores/island-choice.ts'
import { replaceParams, useRoute } from '../stores/route.ts'
import {
  type AddedKind,
  editable,
  type Thing,
  withAdded,
  withMoved,
  withoutThing,
} from './things.ts'

/** Number of steps that can be undone. */
const LONGEST_HISTORY = 200

interface Editing {
  readonly island: IslandFile
  readonly past: readonly IslandFile[]
  readonly future: readonly IslandFile[]
  readonly selected: Thing | undefined
  /** Latest event, for screen readers. */
  readonly announcement: string
}

export const useEditing = create<Editing>(() => ({
  island: { title: 'My island', about: '', map: editable(HOME_MAP) },
  past: [],
  future: [],
  selected: undefined,
  announcement: '',
}))

/** Island in the address as this page wrote or read it last. */
let written: string | undefined
let waiting: ReturnType<typeof setTimeout> | undefined

/** Milliseconds without a change until the address follows: browsers refuse to change it too often. */
const PAUSE_MS = 250

/** Begins with the island of the address, without a history, unless it is the one that is edited. */
export function beginEditing(): void {
  const asked = useRoute.getState().params.get('island') ?? 'home'
  if (asked === written) return
  written = asked
  const chosen = islandOf(asked)
  const title = chosen.isShipped ? 'My island' : chosen.title
  const about = chosen.isShipped ? '' : chosen.about
  useEditing.setState({
    island: { title, about, map: editable(chosen.map) },
    ...{ past: [], future: [], selected: undefined, announcement: chosen.problem ?? '' },
  })
}

/** Forgets which island the address had, so that it is read again when the page opens again. */
export function endEditing(): void {
  clearTimeout(waiting)
  written = undefined
}

/** Writes the island into the address at once. */
export function writeAddress(): void {
  clearTimeout(waiting)
  const { page, params } = useRoute.getState()
  const { island, past, future } = useEditing.getState()
  if (page !== 'island' || past.length + future.length === 0) return
  written = addressOf(island)
  const changed = new URLSearchParams(params)
  changed.set('island', written)
  replaceParams(changed)
}

function show(island: IslandFile, changes: Partial<Editing>): void {
  useEditing.setState({ island, ...changes })
  clearTimeout(waiting)
  waiting = setTimeout(writeAddress, PAUSE_MS)
}

/** Makes a change that can be undone. */
export function edit(change: Partial<IslandFile>, others: Partial<Editing> = {}): void {
  const { island, past } = useEditing.getState()
  show(
    { ...island, ...change },
    {
      past: [...past, island].slice(-LONGEST_HISTORY),
      future: [],
      ...others,
    },
  )
}

function editMap(change: (map: IslandMap) => IslandMap, others: Partial<Editing> = {}): void {
  edit({ map: change(useEditing.getState().island.map) }, others)
}

export function move(thing: Thing, to: Point): void {
  editMap((map) => withMoved(map, thing, to), { selected: thing })
}

export function add(kind: AddedKind, at: Point): void {
  const { map, thing } = withAdded(useEditing.getState().island.map, kind, at)
  edit({ map }, { selected: thing, announcement: 'Added.' })
}

export function remove(thing: Thing): void {
  editMap((map) => withoutThing(map, thing), { selected: undefined, announcement: 'Removed.' })
}

export function select(selected: Thing | undefined): void {
  useEditing.setState({ selected })
}

export function undo(): void {
  const { island, past, future } = useEditing.getState()
  const before = past.at(-1)
  if (before === undefined) return
  show(before, {
    past: past.slice(0, -1),
    future: [island, ...future],
    selected: undefined,
    announcement: 'Undone.',
  })
}

export function redo(): void {
  const { island, past, future } = useEditing.getState()
  const [next, ...rest] = future
  if (next === undefined) return
  show(next, {
    past: [...past, island],
    future: rest,
    selected: undefined,
    announcement: 'Done again.',
  })
}
