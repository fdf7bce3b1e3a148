/** The curated clips of the procedure, played here again, a few at a time between frames. */
import { type Clip, keepClip } from '../../alignment/labels/index.ts'
import { JUMPPADS, type JumppadName } from '../../island/index.ts'
import { CURATED_CLIPS, episodeKey, isCurated, playEpisode } from '../../players/index.ts'

/** The set that the shipped agent was fine-tuned on. */
const SET = { seed: 1, branch: 'curated' } as const
/** Milliseconds of a task that may go into playing. */
const SLICE_MS = 12

let coming: Promise<readonly Clip[]> | undefined

/** All curated clips, an even share for each jumppad; the same list whenever it is asked for. */
export function curatedClips(): Promise<readonly Clip[]> {
  coming ??= gather()
  return coming
}

/** As `curate` does, but without holding up the page. */
async function gather(): Promise<readonly Clip[]> {
  const each = CURATED_CLIPS / JUMPPADS.length
  const taken: Clip[] = []
  let until = performance.now() + SLICE_MS
  for (let index = 0; taken.length < CURATED_CLIPS; index++) {
    if (performance.now() >= until) {
      await new Promise((resolve) => setTimeout(resolve))
      until = performance.now() + SLICE_MS
    }
    const episode = playEpisode(episodeKey(SET, index))
    const enough = taken.filter(({ ending }) => ending === episode.ending).length >= each
    if (enough || !isCurated(episode)) continue
    taken.push(keepClip(episode, { authors: 'h'.repeat(episode.actions.length) }))
  }
  return taken
}

/** The jumppads named in the address. */
export function curatedJumppads(text: string): JumppadName[] {
  const named = text.split(',')
  return JUMPPADS.map(({ name }) => name).filter((name) => named.includes(name))
}
