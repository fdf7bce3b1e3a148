import { type ClipBatch, renderClips } from '../alignment/index.ts'
import { EPISODE_DECISIONS, type Episode, Renderer } from '../island/index.ts'

/** Episodes rendered into batches of `clips` each; what does not fill a batch is left out. */
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

/** The longest of some episodes, in decisions. */
export function longestEpisode(episodes: readonly Episode[]): number {
  return episodes.reduce((longest, { actions }) => Math.max(longest, actions.length), 0)
}
