/** Island that is being edited: its history, and what is selected. The address carries it soon after each change. */
import { create } from 'zustand'
import { HOME_MAP, type IslandMap, type Point } from '../../island/index.ts'
import type { IslandFile } from '../../procedure/island-file.ts'
import { addressOf, drawnIsland } from '../stores/island-choice.ts'
import { replaceParams, useRoute } from '../stores/route.ts'
import { edited, type History, historyOf, redone, undone } from './history.ts'
import { edgePlaceAt, withInserted } from './insertion.ts'
import {
  type AddedKind,
  editable,
  isSame,
  isSamePlace,
  movedTogether,
  type OutlineCorner,
  placeOf,
  removedName,
  type Thing,
  thingKey,
  thingName,
  withAdded,
  withMoved,
  withoutThing,
} from './things.ts'

interface Editing extends History {
  readonly selected: Thing | undefined
  /** Things that move with the selected one: fixed when it is selected, so that what it passes stays. */
  readonly together: readonly Thing[]
  /** Reason why the island of the address is not shown, as a sentence. */
  readonly problem: string | undefined
  /** Latest event, for screen readers, and its number. */
  readonly announcement: string
  readonly announced: number
}

export const useEditing = create<Editing>(() => ({
  ...historyOf({ title: 'My island', about: '', map: editable(HOME_MAP) }),
  selected: undefined,
  together: [],
  problem: undefined,
  announcement: '',
  announced: 0,
}))

/** Island in the address as this page wrote or read it last. */
let written: string | undefined

/** Milliseconds between two changes of the address: browsers refuse to change it too often. */
const PAUSE_MS = 250

/** Timer of the pause after a change of the address, during which further ones wait. */
let pause: ReturnType<typeof setTimeout> | undefined
let isBehind = false

/** Begins with the island of the address, without a history, unless it is the one that is edited. */
export function beginEditing(): void {
  const asked = useRoute.getState().params.get('island') ?? 'home'
  if (asked === written) return
  written = asked
  const chosen = drawnIsland(asked)
  const title = chosen.isShipped ? 'My island' : chosen.title
  const about = chosen.isShipped ? '' : chosen.about
  useEditing.setState({
    ...historyOf({ title, about, map: editable(chosen.map) }),
    ...selection(undefined),
    announcement: '',
    problem: chosen.problem,
  })
}

/** Forgets which island the address had, so that it is read again when the page opens again. */
export function endEditing(): void {
  clearTimeout(pause)
  pause = undefined
  written = undefined
}

/** Writes the island into the address at once. */
export function writeAddress(): void {
  isBehind = false
  const { page, params } = useRoute.getState()
  const { island, past, future } = useEditing.getState()
  if (page !== 'island' || past.length + future.length === 0) return
  written = addressOf(island)
  const changed = new URLSearchParams(params)
  changed.set('island', written)
  replaceParams(changed)
}

/** Writes the island into the address at once, or after the pause that follows an earlier change. */
function followInAddress(): void {
  if (pause !== undefined) {
    isBehind = true
    return
  }
  writeAddress()
  pause = setTimeout(() => {
    pause = undefined
    if (isBehind) followInAddress()
  }, PAUSE_MS)
}

function show(history: History, others: Partial<Editing>): void {
  useEditing.setState({ ...others, ...history, problem: undefined })
  followInAddress()
}

/** Returns state that announces an event, even if its text is that of the previous one. */
function saying(announcement: string) {
  return { announcement, announced: useEditing.getState().announced + 1 }
}

/** Returns the state in which a thing on the map is selected; nothing if undefined. */
function selection(selected: Thing | undefined, map?: IslandMap) {
  return { selected, together: selected && map ? movedTogether(map, selected) : [] }
}

/** Makes a change that can be undone; consecutive changes of the same run are undone as one. */
export function edit(
  change: Partial<IslandFile>,
  { run, ...others }: Partial<Omit<Editing, keyof History>> & { readonly run?: string } = {},
): void {
  const state = useEditing.getState()
  show(edited(state, { ...state.island, ...change }, run), others)
}

/** Replaces the island by another one; that can be undone. */
export function openIsland(opened: IslandFile): void {
  // The selection refers to the previous map: the same index may now be another thing.
  const map = editable(opened.map)
  edit({ ...opened, map }, { ...selection(undefined), ...saying(`${opened.title} is open.`) })
}

/** Ends the run of changes that goes on: a field was left, or a key released. */
export function endRun(): void {
  if (useEditing.getState().run !== undefined) useEditing.setState({ run: undefined })
}

/**
 * Moves a thing, and corners at the same place with it; consecutive moves by the same `means` are undone as one.
 * Does nothing if it is there already.
 */
export function move(thing: Thing, to: Point, means?: string): void {
  select(thing)
  const { island, together } = useEditing.getState()
  const map = withMoved(island.map, together, to)
  const [before, after] = [placeOf(island.map, thing), placeOf(map, thing)]
  if (!before || !after || isSamePlace(before, after)) return
  const { x, z } = after
  const announcement = `${thingName(map, thing)}: x ${x.toFixed(1)}, z ${z.toFixed(1)}.`
  edit({ map }, { ...saying(announcement), ...(means && { run: `${thingKey(thing)} ${means}` }) })
}

export function add(kind: AddedKind, at: Point): void {
  const { map, thing } = withAdded(useEditing.getState().island.map, kind, at)
  edit({ map }, { ...selection(thing, map), ...saying(`${thingName(map, thing)} added.`) })
}

/** Inserts a corner into the edge that follows another one, or selects that one and says why it cannot. */
export function insert(after: OutlineCorner, share?: number): void {
  const { map } = useEditing.getState().island
  const inserted = withInserted(map, after, share)
  if ('reason' in inserted) {
    useEditing.setState({ ...selection(after, map), ...saying(inserted.reason) })
    return
  }
  const announcement = `${thingName(inserted.map, inserted.thing)} inserted.`
  edit(
    { map: inserted.map },
    { ...selection(inserted.thing, inserted.map), ...saying(announcement) },
  )
}

/** Inserts a corner where an edge is within reach of a position, in metres; does nothing if none is. */
export function insertAt(at: Point, reach: number): void {
  const found = edgePlaceAt(useEditing.getState().island.map, at, reach)
  if (found) insert(found.corner, found.share)
}

export function remove(thing: Thing): void {
  const { map } = useEditing.getState().island
  const announcement = `${removedName(map, thing)} removed.`
  edit({ map: withoutThing(map, thing) }, { ...selection(undefined), ...saying(announcement) })
}

/** Selects a thing; if it is selected already, what moves with it stays the same. */
export function select(thing: Thing): void {
  const { selected } = useEditing.getState()
  if (!selected || !isSame(selected, thing)) grab(thing)
}

/** Selects a thing, and all corners that are at the same place by now with it. */
export function grab(thing: Thing): void {
  useEditing.setState(selection(thing, useEditing.getState().island.map))
}

export function undo(): void {
  const history = undone(useEditing.getState())
  if (history) show(history, { ...selection(undefined), ...saying('Undone.') })
}

export function redo(): void {
  const history = redone(useEditing.getState())
  if (history) show(history, { ...selection(undefined), ...saying('Done again.') })
}
