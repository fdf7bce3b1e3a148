/**
 * Kinds of clips, each defined by a written rule over an episode's measures. The failures are those
 * that the paper names (arXiv 2406.04208): bad navigation, going off track, not reaching a jumppad,
 * shadow boxing, missing and turning round.
 */
import { DECISION_SECONDS, type Episode, PI, TWO_PI } from '../island/index.ts'
import { type Measures, measureEpisode } from './measures.ts'
import { NEAR_JUMPPAD } from './turns.ts'

/**
 * Limits of the curated set's rule, as multiples of the fewest possible decisions and of the length
 * of the shortest route.
 */
const STRAIGHT_SLOWNESS = 1.12
const STRAIGHT_PATH = 1.05

/** Minimum share of decisions in attack swings; 0.15 of a full episode is three 0.5 s swings. */
const BOXING_SHARE = 0.15

/**
 * Minimum number of decisions spent in attack swings: two swings, because a single one is a large
 * share of a short episode.
 */
const BOXING_DECISIONS = 10

/** Minimum of the positions on a bridge or side platform ÷ decisions; 0.03 of a full episode is 0.3 s. */
const ASIDE_SHARE = 0.03

/**
 * Minimum angle between the course near a jumppad and a later one, radians. Running past a jumppad
 * and coming back turns the course by little more than a right angle, arriving directly by less
 * than half of one.
 */
const MISSED_TURN = PI / 2

/** Minimum detour, metres: a third of the way to a jumppad. */
const LONG_DETOUR = 10

/** Minimum share of decisions blocked by an obstacle; 0.1 of a full episode is 1 s. */
const BLOCKED_SHARE = 0.1

/**
 * Returns whether the episode is a straight success: it ends at a jumppad after at most
 * STRAIGHT_SLOWNESS times the decisions and STRAIGHT_PATH times the metres of the shortest route,
 * never in the sea nor on a bridge or side platform, and never with attack or jump pressed.
 */
function isStraight(m: Measures): boolean {
  return (
    m.ending !== 'none' &&
    m.slowness <= STRAIGHT_SLOWNESS &&
    m.pathLength <= STRAIGHT_PATH * m.shortestWay &&
    m.swims === 0 &&
    m.sideShare === 0 &&
    m.presses === 0
  )
}

/**
 * Returns whether the episode is shadow boxing: at least BOXING_SHARE of the decisions, and at
 * least BOXING_DECISIONS of them, are spent in attack swings at empty air.
 */
function isBoxing(m: Measures): boolean {
  return m.attackShare >= BOXING_SHARE && m.swinging >= BOXING_DECISIONS
}

/**
 * Returns whether the episode goes off track: the character falls into the sea, or is on a bridge or side
 * platform for at least ASIDE_SHARE of the decisions.
 */
function isOffTrack(m: Measures): boolean {
  return m.swims > 0 || m.sideShare >= ASIDE_SHARE
}

/**
 * Returns whether the episode misses a jumppad and turns round: from within NEAR_JUMPPAD of a
 * jumppad, or from past the jumppads by the sea, its course turns by at least MISSED_TURN.
 */
function isMissing(m: Measures): boolean {
  return m.turnNearJumppad >= MISSED_TURN
}

/**
 * Returns whether the episode navigates badly: it makes a detour of at least LONG_DETOUR, turns a
 * full circle, or is blocked by obstacles in at least BLOCKED_SHARE of the decisions.
 */
function isBadNavigation(m: Measures): boolean {
  return m.detour >= LONG_DETOUR || m.winding >= TWO_PI || m.blockedShare >= BLOCKED_SHARE
}

/** Returns whether the episode ends at a jumppad. */
function isSuccess(m: Measures): boolean {
  return m.ending !== 'none'
}

export type ClipKind =
  | 'straight success'
  | 'shadow boxing'
  | 'off track'
  | 'missing and turning round'
  | 'bad navigation'
  | 'success'
  | 'not reaching a jumppad'

export interface ClipKindRule {
  readonly kind: ClipKind
  /** Heading for display. */
  readonly title: string
  /** Rule in words, for display. */
  readonly rule: string
  /** Whether the kind is one of the failures that the paper names. */
  readonly failure: boolean
  readonly holds: (measures: Measures) => boolean
  /** Rates how clear an example of its kind an episode is: the higher, the clearer. */
  readonly clarity: (measures: Measures) => number
}

const percent = (share: number) => `${Math.round(100 * share)} %`
const degrees = (radians: number) => `${Math.round((180 * radians) / PI)}°`

/** All kinds in order of precedence: an episode is of the first kind whose rule holds. */
export const CLIP_KINDS: readonly ClipKindRule[] = [
  {
    kind: 'straight success',
    title: 'Straight to a jumppad',
    rule: `Reaches a jumppad in at most ${STRAIGHT_SLOWNESS} times the time and ${STRAIGHT_PATH} times the length of the shortest path, never in the sea or on a side platform, without attacking or jumping.`,
    failure: false,
    holds: isStraight,
    clarity: (m) => m.straightness / m.slowness,
  },
  {
    kind: 'shadow boxing',
    title: 'Shadow boxing',
    rule: `Spends at least ${percent(BOXING_SHARE)} of its decisions, and at least ${BOXING_DECISIONS * DECISION_SECONDS} s, attacking empty air.`,
    failure: true,
    holds: isBoxing,
    clarity: (m) => m.attackShare,
  },
  {
    kind: 'off track',
    title: 'Going off track',
    rule: `Falls into the sea, or spends at least ${percent(ASIDE_SHARE)} of its decisions on a bridge or side platform, off the route.`,
    failure: true,
    holds: isOffTrack,
    clarity: (m) => m.swims + m.sideShare,
  },
  {
    kind: 'missing and turning round',
    title: 'Missing and turning round',
    rule: `Comes within ${NEAR_JUMPPAD} m of a jumppad, or past the jumppads to the sea, without touching one, and from there changes direction by at least ${degrees(MISSED_TURN)}.`,
    failure: true,
    holds: isMissing,
    clarity: (m) => m.turnNearJumppad,
  },
  {
    kind: 'bad navigation',
    title: 'Bad navigation',
    rule: `Walks at least ${LONG_DETOUR} m without getting closer to a jumppad, turns a full circle, or is stopped by an obstacle in at least ${percent(BLOCKED_SHARE)} of its decisions.`,
    failure: true,
    holds: isBadNavigation,
    // Sum of the measures in multiples of their thresholds.
    clarity: (m) => m.detour / LONG_DETOUR + m.winding / TWO_PI + m.blockedShare / BLOCKED_SHARE,
  },
  {
    kind: 'success',
    title: 'Reaching a jumppad',
    rule: 'Reaches a jumppad, not by the straight route, but without any of these failures.',
    failure: false,
    holds: isSuccess,
    // Highest midway between the neighbouring kinds: neither nearly straight nor nearly bad
    // navigation.
    clarity: (m) => -Math.abs(m.detour - LONG_DETOUR / 2),
  },
  {
    kind: 'not reaching a jumppad',
    title: 'Not reaching a jumppad',
    rule: 'Reaches no jumppad, and none of the other rules explains why.',
    failure: true,
    holds: () => true,
    clarity: (m) => m.remaining,
  },
]

/** Kind of an episode, with the measures from which it follows. */
export interface Classification extends Measures {
  readonly kind: ClipKind
}

/**
 * Measures an episode and returns the first of CLIP_KINDS whose rule holds, with the measures.
 * Throws an Error for an episode of another world version, and a RangeError for one without
 * decisions.
 */
export function classify(episode: Episode): Classification {
  const measures = measureEpisode(episode)
  const rule = CLIP_KINDS.find(({ holds }) => holds(measures))
  if (rule === undefined) throw new Error('No kind holds: expected the last one to take any clip.')
  return { kind: rule.kind, ...measures }
}
