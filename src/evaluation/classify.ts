/**
 * The kinds of clips, each by a written rule on an episode's measures. The failures are those that
 * the paper names (arXiv 2406.04208): bad navigation, going off track, not reaching a jumppad,
 * shadow boxing, missing and turning round.
 */
import { DECISION_SECONDS, type Episode, PI, TWO_PI } from '../island/index.ts'
import { type Measures, measureEpisode } from './measures.ts'
import { NEAR_JUMPPAD } from './turns.ts'

/** As in the rule of the curated set: share of the fewest decisions, and of the shortest way. */
const STRAIGHT_SLOWNESS = 1.12
const STRAIGHT_PATH = 1.05

/** Share of the decisions spent in a swing, 0.15 of a whole episode being three swings of 0.5 s. */
const BOXING_SHARE = 0.15

/** Decisions spent in a swing: two swings, as a single one is much of a short episode. */
const BOXING_DECISIONS = 10

/** Share of the decisions on a bridge or a side platform: 0.03 of a whole episode is 0.3 s. */
const ASIDE_SHARE = 0.03

/**
 * Radians between a course near a jumppad and a later one: who runs past beside a jumppad and comes
 * back to it turns by little more than a right angle, who arrives at once by less than half of it.
 */
const MISSED_TURN = PI / 2

/** Metres walked for nothing, a third of the way to a jumppad. */
const LONG_DETOUR = 10

/** Share of the decisions in which an obstacle was in the way: 0.1 of a whole episode is 1 s. */
const BLOCKED_SHARE = 0.1

/**
 * Straight success: ends at a jumppad after at most STRAIGHT_SLOWNESS times the decisions and
 * STRAIGHT_PATH times the metres of the shortest way, never in the sea nor on a side platform, with
 * no press of attack or jump.
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
 * Shadow boxing: at least BOXING_SHARE of the decisions, and BOXING_DECISIONS of them, are spent in
 * swings at nobody.
 */
function isBoxing(m: Measures): boolean {
  return m.attackShare >= BOXING_SHARE && m.swinging >= BOXING_DECISIONS
}

/** Off track: the sea returned it, or ASIDE_SHARE of the decisions are spent off to the side. */
function isOffTrack(m: Measures): boolean {
  return m.swims > 0 || m.sideShare >= ASIDE_SHARE
}

/**
 * Missing and turning round: within NEAR_JUMPPAD of a jumppad, or past them by the sea, the course
 * came round by at least MISSED_TURN.
 */
function isMissing(m: Measures): boolean {
  return m.turnNearJumppad >= MISSED_TURN
}

/**
 * Bad navigation: walks at least LONG_DETOUR for nothing, turns a full circle, or is blocked by
 * obstacles in at least BLOCKED_SHARE of the decisions.
 */
function isBadNavigation(m: Measures): boolean {
  return m.detour >= LONG_DETOUR || m.winding >= TWO_PI || m.blockedShare >= BLOCKED_SHARE
}

/** Success: ends at a jumppad. */
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
  /** For display, like the rule in words. */
  readonly title: string
  readonly rule: string
  /** Whether it is one of the failures that the paper names. */
  readonly failure: boolean
  readonly holds: (measures: Measures) => boolean
  /** How clear an example an episode is, among those of the kind: the more the clearer. */
  readonly clarity: (measures: Measures) => number
}

const percent = (share: number) => `${Math.round(100 * share)} %`
const degrees = (radians: number) => `${Math.round((180 * radians) / PI)}°`

/** Every kind, in order of precedence: an episode is of the first kind whose rule holds. */
export const CLIP_KINDS: readonly ClipKindRule[] = [
  {
    kind: 'straight success',
    title: 'Straight to a jumppad',
    rule: `Reaches a jumppad in at most ${STRAIGHT_SLOWNESS} times the time and ${STRAIGHT_PATH} times the length of the shortest way, never in the sea or on a side platform, without attack or jump.`,
    failure: false,
    holds: isStraight,
    clarity: (m) => m.straightness / m.slowness,
  },
  {
    kind: 'shadow boxing',
    title: 'Shadow boxing',
    rule: `Spends at least ${percent(BOXING_SHARE)} of its decisions, and at least ${BOXING_DECISIONS * DECISION_SECONDS} s, swinging at nobody.`,
    failure: true,
    holds: isBoxing,
    clarity: (m) => m.attackShare,
  },
  {
    kind: 'off track',
    title: 'Going off track',
    rule: `Falls into the sea, or spends at least ${percent(ASIDE_SHARE)} of its decisions on a bridge or side platform, away from the way.`,
    failure: true,
    holds: isOffTrack,
    clarity: (m) => m.swims + m.sideShare,
  },
  {
    kind: 'missing and turning round',
    title: 'Missing and turning round',
    rule: `Comes within ${NEAR_JUMPPAD} m of a jumppad, or past the jumppads to the sea, without touching one, and from there turns its course by at least ${degrees(MISSED_TURN)}.`,
    failure: true,
    holds: isMissing,
    clarity: (m) => m.turnNearJumppad,
  },
  {
    kind: 'bad navigation',
    title: 'Bad navigation',
    rule: `Walks at least ${LONG_DETOUR} m that bring it no nearer to a jumppad, turns a full circle, or is stopped by an obstacle in at least ${percent(BLOCKED_SHARE)} of its decisions.`,
    failure: true,
    holds: isBadNavigation,
    // How many times over each threshold, in sum.
    clarity: (m) => m.detour / LONG_DETOUR + m.winding / TWO_PI + m.blockedShare / BLOCKED_SHARE,
  },
  {
    kind: 'success',
    title: 'Reaching a jumppad',
    rule: 'Reaches a jumppad, though not straight, and without any of these failures.',
    failure: false,
    holds: isSuccess,
    // Far from both neighbours: neither nearly straight nor nearly bad navigation.
    clarity: (m) => -Math.abs(m.detour - LONG_DETOUR / 2),
  },
  {
    kind: 'not reaching a jumppad',
    title: 'Not reaching a jumppad',
    rule: 'Reaches no jumppad, and none of the other rules says why.',
    failure: true,
    holds: () => true,
    clarity: (m) => m.remaining,
  },
]

/** The kind of an episode and the measures that it follows from. */
export interface Classification extends Measures {
  readonly kind: ClipKind
}

/** The first of CLIP_KINDS whose rule holds. Throws for an episode of another world version. */
export function classify(episode: Episode): Classification {
  const measures = measureEpisode(episode)
  const rule = CLIP_KINDS.find(({ holds }) => holds(measures))
  if (rule === undefined) throw new Error('No kind holds: expected the last one to take any clip.')
  return { kind: rule.kind, ...measures }
}
