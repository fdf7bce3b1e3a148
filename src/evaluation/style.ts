/** Style of play: what a wish can be about besides the jumppad. */
import { DECISION_SECONDS, type Episode } from '../island/index.ts'
import { type MeanWithInterval, meanInterval } from './mean-interval.ts'
import { type Measures, measureEpisode } from './measures.ts'

export const STYLE_NAMES = [
  'straightness',
  'pace',
  'swims',
  'shore-distance',
  'running-jumps',
  'swinging',
  'presses',
  'aside',
  'turning',
] as const
type StyleName = (typeof STYLE_NAMES)[number]

export const STYLE_DIRECTIONS = ['more', 'less'] as const
type StyleDirection = (typeof STYLE_DIRECTIONS)[number]

/** A number that describes how an episode was played. */
export interface StyleMeasure {
  /** Name in files. */
  readonly name: StyleName
  readonly title: string
  readonly unit: string
  /** What it measures, as a phrase. */
  readonly about: string
  /** Predicates that say of a clip that it has more, or less, of it than another. */
  readonly predicates: Readonly<Record<StyleDirection, string>>
  of(measures: Measures): number
}

const seconds = ({ decisions }: Measures) => decisions * DECISION_SECONDS

export const STYLE_MEASURES: readonly StyleMeasure[] = [
  {
    name: 'straightness',
    title: 'Straightness',
    unit: '%',
    about: 'metres gained towards the nearest jumppad per metre walked',
    predicates: { more: 'takes a straighter way', less: 'makes more detours' },
    of: ({ straightness }) => 100 * straightness,
  },
  {
    name: 'pace',
    title: 'Pace',
    unit: 'm/s',
    about: 'metres walked per second',
    predicates: { more: 'moves faster', less: 'moves slower' },
    of: ({ pace }) => pace,
  },
  {
    name: 'swims',
    title: 'Swims',
    unit: 'per episode',
    about: 'falls into the sea',
    predicates: { more: 'falls into the sea more often', less: 'falls into the sea less often' },
    of: ({ swims }) => swims,
  },
  {
    name: 'shore-distance',
    title: 'Distance from the sea',
    unit: 'm',
    about: 'mean distance from the sea',
    predicates: { more: 'stays farther from the sea', less: 'keeps closer to the sea' },
    of: (measures) => measures.shoreDistance,
  },
  {
    name: 'running-jumps',
    title: 'Jumps while running',
    unit: 'per 10 s',
    about: 'jumps at half the walking speed or faster',
    predicates: { more: 'jumps more often while running', less: 'jumps less often while running' },
    of: (measures) => (10 * measures.runningJumps) / seconds(measures),
  },
  {
    name: 'swinging',
    title: 'Swinging',
    unit: '% of time',
    about: 'time in an attack swing',
    predicates: { more: 'swings longer', less: 'swings for less time' },
    of: ({ attackShare }) => 100 * attackShare,
  },
  {
    name: 'presses',
    title: 'Presses',
    unit: 'per 10 s',
    about: 'decisions with jump or attack pressed',
    predicates: { more: 'presses buttons more often', less: 'presses buttons less often' },
    of: (measures) => (10 * measures.presses) / seconds(measures),
  },
  {
    name: 'aside',
    title: 'Aside',
    unit: '% of time',
    about: 'time on bridges and side platforms',
    predicates: {
      more: 'spends more time on bridges and side platforms',
      less: 'spends less time on bridges and side platforms',
    },
    of: ({ sideShare }) => 100 * sideShare,
  },
  {
    name: 'turning',
    title: 'Turning',
    unit: '°',
    about: 'longest turning in one direction',
    predicates: {
      more: 'turns farther around in one direction',
      less: 'turns less far around in one direction',
    },
    of: ({ winding }) => (180 * winding) / Math.PI,
  },
]

/** Returns the value of each of STYLE_MEASURES for an episode. Throws as `measureEpisode` does. */
export function styleOf(episode: Episode): number[] {
  const measures = measureEpisode(episode)
  return STYLE_MEASURES.map((measure) => measure.of(measures))
}

/** Style of an episode, with its index in a list of beginnings that is the same for all policies. */
interface Styled {
  readonly index: number
  readonly style: readonly number[]
}

/** Returns the mean of the measure at a place of STYLE_MEASURES; undefined without episodes. */
export function meanStyle(
  episodes: readonly Styled[],
  place: number,
): MeanWithInterval | undefined {
  return meanInterval(episodes.flatMap(({ style }) => style[place] ?? []))
}

/**
 * Returns the mean of the differences, second minus first, between episodes with the same beginning;
 * undefined if there are none. An interval without 0 is a paired t test at 5 %.
 */
export function styleDifference(
  first: readonly Styled[],
  second: readonly Styled[],
  place: number,
): MeanWithInterval | undefined {
  const before = new Map(first.map(({ index, style }) => [index, style[place]]))
  return meanInterval(
    second.flatMap(({ index, style }) => {
      const [from, to] = [before.get(index), style[place]]
      return from === undefined || to === undefined ? [] : to - from
    }),
  )
}
