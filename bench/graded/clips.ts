/** Clips with features and a utility that simulated raters judge. */
import { standardised } from '../../src/alignment/labels/index.ts'
import { type Key, RandomStream } from '../../src/island/index.ts'
import { PlayedSource, retrace } from '../../src/players/index.ts'

export interface UtilityClips {
  readonly name: string
  /** Features of each clip, standardised. */
  readonly rows: readonly Float64Array[]
  /** Utility of each clip in units of the raters' logistic noise. */
  readonly utilities: readonly number[]
}

const WIDTH = 16
/** Standard deviation of a difference of two linear utilities, in units of the noise's scale. */
const LINEAR_SPREAD = 2

/** Makes clips whose utility is linear in normal features, as the read-out assumes. */
export function linearClips(count: number, key: Key): UtilityClips {
  const random = new RandomStream(key)
  const normals = () => Float64Array.from({ length: WIDTH }, () => random.normal())
  const weights = normals().map((weight) => (weight * LINEAR_SPREAD) / Math.sqrt(2 * WIDTH))
  const features = Array.from({ length: count }, normals)
  const utilities = features.map((row) => row.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0))
  return { name: 'linear utility', rows: standardised(features), utilities }
}

/** Number of moments of an episode at which its place is a feature. */
const MOMENTS = 12
/** Utility of reaching the left jumppad, and of each decision saved, in units of the noise's scale. */
const REACHED = 3
const PER_DECISION = 0.05
const LONGEST = 100

/**
 * Plays clips of the population and gives them the left jumppad judge's order as a utility: reaching
 * it counts, and so does each decision saved. The features are places along the path, in which this
 * utility is not linear.
 */
export function jumppadClips(count: number, seed: number): UtilityClips {
  const source = new PlayedSource({ seed, branch: 'held-out' }, count)
  const episodes = Array.from({ length: count }, (_, index) => source.episode(index))
  const features = episodes.map((episode) => {
    const path: number[][] = []
    const end = retrace(episode, ({ x, z }) => path.push([x, z]))
    path.push([end.x, end.z])
    return Array.from(
      { length: MOMENTS },
      (_, i) => path[Math.round((i * (path.length - 1)) / (MOMENTS - 1))] ?? [],
    ).flat()
  })
  const utilities = episodes.map(({ ending, actions }) =>
    ending === 'left' ? REACHED + PER_DECISION * (LONGEST - actions.length) : 0,
  )
  return { name: 'left jumppad judge', rows: standardised(features), utilities }
}
