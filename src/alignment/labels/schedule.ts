/** Choice of the next pair to show: a deterministic function of the request, its key included. */
import { type Key, type Outcome, RandomStream, splitKey } from '../../island/index.ts'
import { type Label, type LabelKind, type Position, pairKey } from './label.ts'
import { type Pair, pickByRule, type RewardEnsemble } from './pair-rules.ts'
import type { LearntRule, PairRule, PairSettings } from './settings.ts'
import { type Endings, pickTelling } from './telling.ts'
import { drawInTurn } from './turns.ts'

/** A pair as it was shown. */
export interface ShownPair extends Pair {
  readonly left: Position
  readonly kind: LabelKind
}

/** A pair whose answer is known. */
export interface GoldenPair extends Pair {
  readonly known: 'first' | 'second' | 'tie'
}

export interface PairRequest {
  /** Key of the session; each pair has its own branch. */
  readonly key: Key
  readonly settings: PairSettings
  /** Ids of the clips to choose from, each once. */
  readonly clips: readonly string[]
  /** All pairs that this labeller was shown, in order, including the one on the screen. */
  readonly shown: readonly ShownPair[]
  readonly golden?: readonly GoldenPair[]
  /** Reward models for the learnt rules; without them pairs are random, each clip in turn. */
  readonly ensemble?: RewardEnsemble
  /** Endings of the clips, by which telling pairs are found for a jumppad. */
  readonly endings?: Endings
  /** Telling pairs for a question about something else, in the order in which they are shown. */
  readonly telling?: readonly Pair[]
  /** Returns whether a learnt rule may pick a pair; all pairs if absent. */
  readonly among?: (pair: Pair) => boolean
}

export interface ScheduledPair extends ShownPair {
  /** Rule that actually picked the pair. */
  readonly rule: PairRule
  readonly known?: GoldenPair['known']
  /** Reason why the requested rule was not used, as a sentence. */
  readonly fallback?: string
}

/** Returns the pairs that a log says were shown, in order: its entries without the corrections. */
export function shownPairs(log: readonly Label[]): ShownPair[] {
  return log.filter(({ corrects }) => corrects === undefined)
}

/**
 * Returns the pair to show after those already shown; undefined if every pair was. A pair comes twice only
 * as a re-show: one in `reShowEvery` pairs, at a random place in each run of that many, each pair once and
 * with its sides swapped. Throws if an ensemble's rewards do not fit the clips.
 */
export function nextPair(request: PairRequest): ScheduledPair | undefined {
  const { key, settings, shown, golden = [] } = request
  const place = shown.length
  const random = new RandomStream(splitKey(key, 'pair', place))
  const taken = new Set(shown.map(({ first, second }) => pairKey(first, second)))
  const goldenLeft = golden.filter(({ first, second }) => !taken.has(pairKey(first, second)))
  if (isReShowPlace(key, settings, place)) {
    const again = reShow(shown, settings.reShowGap, random)
    if (again !== undefined) return again
  }
  const wantsGolden = random.chance(settings.goldenShare)
  if (wantsGolden && goldenLeft.length > 0) return showGolden(goldenLeft, random)
  for (const { first, second } of golden) taken.add(pairKey(first, second))
  return freshPair(request, taken, random) ?? lastGolden(goldenLeft, random)
}

/** Returns whether a place is for a re-show: one random place in each run of `reShowEvery`. */
function isReShowPlace(key: Key, { reShowEvery }: PairSettings, place: number): boolean {
  if (reShowEvery === 0) return false
  const round = Math.floor(place / reShowEvery)
  const random = new RandomStream(splitKey(key, 're-show', round))
  return place % reShowEvery === random.below(reShowEvery)
}

function reShow(
  shown: readonly ShownPair[],
  gap: number,
  random: RandomStream,
): ScheduledPair | undefined {
  const again = new Set(
    shown
      .filter(({ kind }) => kind === 're-show')
      .map(({ first, second }) => pairKey(first, second)),
  )
  const ripe = shown
    .slice(0, Math.max(0, shown.length - gap + 1))
    .filter(({ kind, first, second }) => kind === 'fresh' && !again.has(pairKey(first, second)))
  if (ripe.length === 0) return undefined
  const { first, second, left } = random.pick(ripe)
  const swapped = left === 'first' ? 'second' : 'first'
  return { first, second, left: swapped, kind: 're-show', rule: 'random' }
}

function showGolden(left: readonly GoldenPair[], random: RandomStream): ScheduledPair {
  const { first, second, known } = random.pick(left)
  return { first, second, known, left: anySide(random), kind: 'golden', rule: 'random' }
}

function lastGolden(left: readonly GoldenPair[], random: RandomStream): ScheduledPair | undefined {
  return left.length > 0 ? showGolden(left, random) : undefined
}

function freshPair(
  request: PairRequest,
  taken: ReadonlySet<string>,
  random: RandomStream,
): ScheduledPair | undefined {
  const { clips, settings, shown } = request
  const asked = random.chance(settings.randomShare) ? 'random' : settings.rule
  const found = asked === 'random' ? undefined : byRule(asked, request, taken, random)
  const fallback = typeof found === 'string' ? found : undefined
  const byChance = asked === 'random' || fallback !== undefined
  const fresh = shown.filter(({ kind }) => kind === 'fresh')
  const pair = byChance ? drawInTurn(clips, fresh, taken, random) : found
  if (typeof pair !== 'object') return undefined
  const place = {
    left: anySide(random),
    kind: 'fresh',
    rule: byChance ? 'random' : asked,
  } as const
  return { ...pair, ...place, ...(fallback === undefined ? {} : { fallback }) }
}

/** Returns the pair that a rule picks, undefined if all are taken, or a sentence why it cannot pick. */
function byRule(
  rule: Exclude<PairRule, 'random'>,
  { clips, settings, ensemble, endings, telling, shown, among }: PairRequest,
  taken: ReadonlySet<string>,
  random: RandomStream,
): Pair | string | undefined {
  if (rule === 'telling' && telling !== undefined) {
    const pair = telling.find(({ first, second }) => !taken.has(pairKey(first, second)))
    return pair ?? 'Picked at random: no pair is left whose clips clearly differ.'
  }
  if (rule === 'telling') {
    const wanted = settings.golden
    const pair = wanted && endings && pickTelling(wanted, endings, { clips, shown, taken, random })
    return pair ?? noneTells(wanted)
  }
  const lacking = shortcoming(rule, settings, ensemble)
  if (lacking !== undefined || ensemble === undefined) return lacking
  const pair = pickByRule(rule, ensemble, clips, taken, random, among)
  return pair ?? (among && 'Picked at random: no pair of the requested kind is left.')
}

function noneTells(wanted: Outcome | undefined): string {
  return wanted === undefined
    ? 'Picked at random: the session does not specify a preferred jumppad.'
    : `Picked at random: no pair is left in which only one clip reaches the ${wanted} jumppad.`
}

/** Returns a sentence why an ensemble cannot pick yet; undefined if it can. */
function shortcoming(
  rule: LearntRule,
  { minimumLabels }: PairSettings,
  ensemble: RewardEnsemble | undefined,
): string | undefined {
  if (ensemble !== undefined && ensemble.labels < minimumLabels) {
    return `Picked at random: picking by ${rule} needs at least ${minimumLabels} preferences for a side, and there are ${ensemble.labels}.`
  }
  const needed = rule === 'disagreement' ? 2 : 1
  const found = ensemble?.rewards.length ?? 0
  if (found < needed) {
    const models = needed === 1 ? 'a reward model' : `${needed} reward models`
    return `Picked at random: picking by ${rule} needs ${models}, and there are ${found}.`
  }
  return undefined
}

function anySide(random: RandomStream): Position {
  return random.chance(0.5) ? 'first' : 'second'
}
