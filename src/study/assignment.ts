/**
 * Assignment of pairs to labellers without a server: a balanced design that follows from the study alone.
 * A *slot* is one place in the design; the labeller who has it answers its pairs in its order.
 */
import type { LabelKind, Pair, Position, ScheduledPair } from '../alignment/labels/index.ts'
import { type Key, RandomStream, splitKey } from '../island/index.ts'
import { studyKey } from './material.ts'
import type { PreparedStudy, Study } from './study.ts'

/**
 * Returns, for each slot, the indices of its pairs: each of `pairs` pairs goes to `overlap` different slots,
 * and the numbers of pairs per slot differ by one at most. Who shares a pair with whom is random.
 */
export function dealPairs(
  pairs: number,
  { labellers, overlap }: Pick<Study['design'], 'labellers' | 'overlap'>,
  key: Key,
): number[][] {
  const random = new RandomStream(key)
  const slots = Array.from({ length: labellers }, (_, slot) => slot)
  const dealt: number[][] = slots.map(() => [])
  let round: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const having = new Set<number>()
    while (having.size < overlap) {
      // Every slot gets one pair in a round. Slots that already have this pair wait until the next one.
      if (round.length === 0) round = random.shuffle([...slots])
      const place = round.findIndex((slot) => !having.has(slot))
      const [slot] = round.splice(place, 1)
      if (slot === undefined) throw new Error('A round of the design has no slot left')
      having.add(slot)
      dealt[slot]?.push(pair)
    }
  }
  return dealt
}

/** Designs that were dealt already: the researcher's page asks for every slot's schedule. */
const DEALT = new WeakMap<PreparedStudy, readonly (readonly number[])[]>()

/** Returns the indices of each slot's pairs. */
function pairsBySlot(study: PreparedStudy): readonly (readonly number[])[] {
  const known = DEALT.get(study)
  if (known) return known
  const { material, design } = study
  const dealt = dealPairs(material.pairs.length, design, studyKey(study, 'design'))
  DEALT.set(study, dealt)
  return dealt
}

/** Pair assigned to a slot, as it is to be shown. */
export interface AssignedPair extends ScheduledPair {
  readonly rule: 'random'
}

/** Returns the index of the slot behind a slot's number; numbers above the design's size start again. */
export function slotIndex({ design }: Study, slot: number): number {
  return (slot - 1) % design.labellers
}

/** Schedules that were made already, by the slot's index. */
const SCHEDULES = new WeakMap<PreparedStudy, Map<number, readonly AssignedPair[]>>()

/**
 * Returns everything that the labeller in a slot (1 for the first) is shown, in order: the slot's pairs and
 * golden pairs in an order of its own with random sides, and re-shows with swapped sides, each at least
 * half the session's length, or ten pairs, after its first showing.
 */
export function scheduleOf(study: PreparedStudy, slot: number): readonly AssignedPair[] {
  const index = slotIndex(study, slot)
  const made = SCHEDULES.get(study) ?? new Map<number, readonly AssignedPair[]>()
  SCHEDULES.set(study, made)
  const schedule = made.get(index) ?? newSchedule(study, index)
  made.set(index, schedule)
  return schedule
}

function newSchedule(study: PreparedStudy, index: number): AssignedPair[] {
  const { material, design, golden } = study
  const dealt = pairsBySlot(study)
  const key = splitKey(studyKey(study, 'slot'), index)
  const random = new RandomStream(splitKey(key, 'order'))
  const own = (dealt[index] ?? []).flatMap((place) => material.pairs[place] ?? [])
  const known = rotated(material.golden, index * (golden?.pairs ?? 0)).slice(0, golden?.pairs ?? 0)
  const once = random.shuffle([
    ...own.map((pair) => assigned(pair, 'fresh', side(random))),
    ...known.map(({ answer, ...pair }) => ({
      ...assigned(pair, 'golden', side(random)),
      known: answer,
    })),
  ])
  return withReShows(once, design.reShows, new RandomStream(splitKey(key, 're-shows')))
}

/** Minimum number of pairs between a pair and its re-show, where the session is long enough. */
const RE_SHOW_GAP = 10

function withReShows(
  once: readonly AssignedPair[],
  reShows: number,
  random: RandomStream,
): AssignedPair[] {
  const gap = Math.min(RE_SHOW_GAP, Math.floor(once.length / 2))
  const early = once
    .map((pair, place) => ({ pair, place }))
    .filter(({ pair, place }) => pair.kind === 'fresh' && place + gap < once.length)
  const again = random
    .shuffle(early)
    .slice(0, reShows)
    .map(({ pair, place }) => ({
      pair: swapped(pair),
      // Insertions only move later pairs, so the gap can only grow.
      before: place + gap + 1 + random.below(once.length - place - gap),
    }))
  return [...once, undefined].flatMap((pair, place) => [
    ...again.filter(({ before }) => before === place).map((each) => each.pair),
    ...(pair ? [pair] : []),
  ])
}

function assigned(pair: Pair, kind: LabelKind, left: Position): AssignedPair {
  return { first: pair.first, second: pair.second, left, kind, rule: 'random' }
}

function swapped(pair: AssignedPair): AssignedPair {
  return assigned(pair, 're-show', pair.left === 'first' ? 'second' : 'first')
}

function side(random: RandomStream): Position {
  return random.chance(0.5) ? 'first' : 'second'
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const start = list.length === 0 ? 0 : by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}
