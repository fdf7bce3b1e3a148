/** Where episodes began, and how those that began there ended. */
import { SPAWNS, type StartKind, startState } from '../island/index.ts'
import { type OutcomeTable, outcomeTable } from './outcomes.ts'

/** A place to begin at, as seen by who looks north, towards the jumppads. */
export interface Origin {
  readonly name: string
  /** What is meant, in a few words. */
  readonly about: string
}

/** The four spawns, in the order of `SPAWNS`. */
const SPAWN_ORIGINS: readonly Origin[] = SPAWNS.map(({ x, z }) => {
  const row = z === Math.min(...SPAWNS.map((spawn) => spawn.z)) ? 'Front' : 'Back'
  const name = `${row} ${x < 0 ? 'left' : 'right'}`
  return { name, about: `The spawn at x ${x} m, z ${z} m` }
})

/** Other starts are anywhere in a region that is its own mirror image: its two halves. */
const HALVES: readonly Origin[] = [
  { name: 'Left half', about: 'Begins west of the middle' },
  { name: 'Right half', about: 'Begins east of the middle' },
]

/** The places that are told apart for a kind of start. */
export function originsOf(start: StartKind): readonly Origin[] {
  return start === 'spawn' ? SPAWN_ORIGINS : HALVES
}

/** Which of `originsOf` an episode begins at. */
export function originIndex(start: StartKind, seed: number): number {
  const { x, z } = startState(start, seed)
  if (start !== 'spawn') return x < 0 ? 0 : 1
  const index = SPAWNS.findIndex((spawn) => spawn.x === x && spawn.z === z)
  if (index < 0) throw new Error(`Found a start at ${x}, ${z}: expected one of the spawns`)
  return index
}

type Ended = Parameters<typeof outcomeTable>[0] extends Iterable<infer T> ? T : never

/** An outcome table for each of `originsOf`, in that order. */
export function outcomesByOrigin(
  start: StartKind,
  episodes: Iterable<Ended & { readonly seed: number }>,
): OutcomeTable[] {
  const groups: Ended[][] = originsOf(start).map(() => [])
  for (const episode of episodes) groups[originIndex(start, episode.seed)]?.push(episode)
  return groups.map(outcomeTable)
}
