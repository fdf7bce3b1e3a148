import { type ClipBatch, renderClips } from '../alignment/index.ts'
import { EPISODE_DECISIONS, type Episode, Renderer } from '../island/index.ts'

/**
 * Renders episodes into batches of `clips` each; episodes that do not fill a batch are left out.
 */
export function renderBatches(
  episodes: readonly Episode[],
  clips: number,
  length = EPISODE_DECISIONS,
): ClipBatch[] {
  const renderer = new Renderer()
  const batches: ClipBatch[] = []
  for (let first = 0; first + clips <= episodes.length; first += clips) {
    batches.push(renderClips(episodes.slice(first, first + clips), length, renderer))
  }
  return batches
}

/** Returns the number of decisions of the longest episode; 0 for an empty list. */
export function longestEpisode(episodes: readonly Episode[]): number {
  return episodes.reduce((longest, { actions }) => Math.max(longest, actions.length), 0)
}
