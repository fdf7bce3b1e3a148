/**
 * Island in an address: the id of a shipped one, or a whole island as text. An island that cannot be
 * read is replaced by the first one, with a sentence that says why.
 */

import { islandProblem, type PlayedIsland } from '../../alignment/map-schema.ts'
import {
  type Beginning,
  HOME,
  HOME_MAP,
  ISLANDS,
  type IslandMap,
  islandNamed,
  mapDigest,
  type StartKind,
  startKindsOf,
  worldOf,
} from '../../island/index.ts'
import { decodeIsland, encodeIsland } from '../../lab/island-link.ts'
import type { IslandFile } from '../../procedure/island-file.ts'
import { problemOf } from '../sentences.ts'

/** Prefix of an island that the address holds as a whole. */
const WHOLE = 'map.'

export interface ChosenIsland extends IslandFile {
  /** Value in the address. */
  readonly value: string
  readonly isShipped: boolean
  /** Reason why the first island is shown instead, as a sentence. */
  readonly problem?: string
}

/** Islands of recent addresses: reading one checks all its ways. */
const recent = new Map<string, ChosenIsland>()
const RECENT_LIMIT = 8

/** Returns the island of an address. */
export function islandOf(value: string): ChosenIsland {
  const kept = recent.get(value)
  if (kept !== undefined) return kept
  const chosen = read(value)
  recent.set(value, chosen)
  for (const oldest of [...recent.keys()].slice(0, -RECENT_LIMIT)) recent.delete(oldest)
  return chosen
}

function read(value: string): ChosenIsland {
  const drawn = drawnIsland(value)
  const problem = drawn.isShipped ? undefined : islandProblem(drawn.map)
  return problem === undefined ? drawn : insteadOf(problem)
}

/** Returns the island of an address, be it playable or not. */
export function drawnIsland(value: string): ChosenIsland {
  const shipped = islandNamed(value)
  if (shipped) return { ...shipped, value, isShipped: true }
  try {
    if (!value.startsWith(WHOLE)) throw new Error(`There is no island “${value}”.`)
    return { ...decodeIsland(value.slice(WHOLE.length)), value, isShipped: false }
  } catch (error) {
    return insteadOf(problemOf(error))
  }
}

function insteadOf(why: string): ChosenIsland {
  const home = { title: 'The first island', about: '', map: HOME_MAP, ...ISLANDS[0] }
  const problem = `${why} The first island is shown instead.`
  return { ...home, value: 'home', isShipped: true, problem }
}

/** Returns the value in an address for an island of one's own. */
export function addressOf(island: IslandFile): string {
  return WHOLE + encodeIsland(island)
}

/** Returns the map that episodes on an island carry; undefined for the first one. */
export function carriedMap(value: string): IslandMap | undefined {
  const { map } = islandOf(value)
  return worldOf({ island: map }) === HOME ? undefined : map
}

/** Returns the value in an address for an island with this map; undefined stands for the first one. */
export function addressOfMap(map: IslandMap | undefined, title = 'Own island'): string {
  const shipped = shippedWith(map)
  return map === undefined || shipped
    ? (shipped?.id ?? 'home')
    : addressOf({ title, about: '', map })
}

/** Returns the shipped island with this map; undefined if there is none. */
function shippedWith(map: IslandMap = HOME_MAP) {
  return SHIPPED.get(mapDigest(map))
}

const SHIPPED = new Map(ISLANDS.map((island) => [mapDigest(island.map), island]))

/** Returns whether an island with this map is shipped; undefined stands for the first one. */
export function isShippedMap(map: IslandMap | undefined): boolean {
  return shippedWith(map) !== undefined
}

/** Returns the title of the island with this map; undefined for the first one. */
export function titleOfMap(map: IslandMap | undefined): string | undefined {
  return map && (shippedWith(map)?.title ?? 'An island of your own')
}

/** Returns the island of an address as records hold it; undefined for the first one. */
export function playedIsland(value: string): PlayedIsland | undefined {
  const map = carriedMap(value)
  return map && { title: islandOf(value).title, map }
}

/** Returns the options of a choice of islands, with the chosen one among them. */
export function islandOptions({ value, title, isShipped }: ChosenIsland) {
  const shipped = ISLANDS.map((each) => ({ value: each.id, label: each.title }))
  return isShipped ? shipped : [...shipped, { value, label: `${title} (your own)` }]
}

/** Returns the values of an island and of all shipped ones, that one first. */
export function islandsFrom(value: string): string[] {
  const first = islandOf(value).value
  return [first, ...ISLANDS.map(({ id }) => id).filter((id) => id !== first)]
}

/** Settings that say where an episode begins: the island in the address, and the kind of start. */
interface StartSettings {
  readonly island: string
  readonly start: StartKind
}

/** Returns the kind of start that settings ask for: spawns where the island has no other. */
export function startOf({ island, start }: StartSettings): StartKind {
  return startKindsOf(islandOf(island).map).includes(start) ? start : 'spawn'
}

/** Returns how the episode begins that settings ask for. */
export function beginningOf(settings: StartSettings & { readonly seed: number }): Beginning {
  const island = carriedMap(settings.island)
  return { start: startOf(settings), seed: settings.seed, ...(island && { island }) }
}
