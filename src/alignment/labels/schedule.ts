/** Which pair is shown next: a function of a key and of what was shown before, and of nothing else. */
import { type Key, type Outcome, RandomStream, splitKey } from '../../island/index.ts'
import { type Label, type LabelKind, type Position, pairKey } from './label.ts'
import { type Ensemble, type Pair, pickByRule } from './pair-rules.ts'
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
  /** The session's key; each pair has its own branch. */
  readonly key: Key
  readonly settings: PairSettings
  /** Ids of the clips to choose from, each once. */
  readonly clips: readonly string[]
  /** All that this labeller was shown, in order, the pair on the screen included. */
  readonly shown: readonly ShownPair[]
  readonly golden?: readonly GoldenPair[]
  /** Reward models to pick by; without them pairs are random, each clip in its turn. */
  readonly ensemble?: Ensemble
  /** Where the clips end: what telling pairs are found by. */
  readonly endings?: Endings
}

export interface ScheduledPair extends ShownPair {
  /** The rule that really picked it. */
  readonly rule: PairRule
  readonly known?: GoldenPair['known']
  /** Why it was not the rule that was asked for, in a sentence. */
  readonly fallback?: string
}

/** What a log says was shown, in order: its entries without the corrections. */
export function shownPairs(log: readonly Label[]): ShownPair[] {
  return log.filter(({ corrects }) => corrects === undefined)
}

/**
 * The pair after those that were shown, or undefined when every pair was. A pair comes twice only
 * as a re-show: one in `reShowEvery` pairs, at a place that differs from ten to ten, each pair once
 * and with its sides swapped.
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

/** Of every `reShowEvery` places one, drawn anew each time. */
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

/** The pair that a rule picks, undefined where all are taken; or in a sentence why it cannot. */
function byRule(
  rule: Exclude<PairRule, 'random'>,
  { clips, settings, ensemble, endings, shown }: PairRequest,
  taken: ReadonlySet<string>,
  random: RandomStream,
): Pair | string | undefined {
  if (rule === 'telling') {
    const wanted = settings.golden
    const pair = wanted && endings && pickTelling(wanted, endings, { clips, shown, taken, random })
    return pair ?? noneTells(wanted)
  }
  const lacking = shortcoming(rule, settings, ensemble)
  if (lacking !== undefined || ensemble === undefined) return lacking
  return pickByRule(rule, ensemble, clips, taken, random)
}

function noneTells(wanted: Outcome | undefined): string {
  return wanted === undefined
    ? 'Picked at random: the session does not say which jumppad is asked for.'
    : `Picked at random: no pair is left of which one clip reaches the ${wanted} jumppad and the other does not.`
}

/** Why an ensemble cannot pick yet; undefined where it can. */
function shortcoming(
  rule: LearntRule,
  { minimumLabels }: PairSettings,
  ensemble: Ensemble | undefined,
): string | undefined {
  if (ensemble !== undefined && ensemble.labels < minimumLabels) {
    return `Picked at random: by ${rule} only from ${minimumLabels} preferences for a side on, and there are ${ensemble.labels}.`
  }
  const needed = rule === 'disagreement' ? 2 : 1
  const found = ensemble?.rewards.length ?? 0
  if (found < needed) {
    const models = needed === 1 ? 'a reward model' : `${needed} reward models`
    return `Picked at random: to pick by ${rule} there must be ${models}, there are ${found}.`
  }
  return undefined
}

function anySide(random: RandomStream): Position {
  return random.chance(0.5) ? 'first' : 'second'
}
