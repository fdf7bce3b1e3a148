/** Curated clips of the procedure, regenerated here in slices between frames. */
import { type Clip, keepClip } from '../../alignment/labels/index.ts'
import { HOME, type JumppadName } from '../../island/index.ts'
import { CURATED_CLIPS, episodeKey, isCurated, playEpisode } from '../../players/index.ts'

/** Set that the shipped agent was fine-tuned on. */
const SET = { seed: 1, branch: 'curated' } as const
/** Maximum milliseconds of play per task. */
const SLICE_MS = 12

let coming: Promise<readonly Clip[]> | undefined

/** Resolves to all curated clips, an even share for each jumppad; cached after the first call. */
export function curatedClips(): Promise<readonly Clip[]> {
  coming ??= gather()
  return coming
}

/** Selects the same clips as `curate`, without blocking the page. */
async function gather(): Promise<readonly Clip[]> {
  const each = CURATED_CLIPS / HOME.jumppads.length
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

/** Returns the jumppads in a comma-separated list; other names are ignored. */
export function curatedJumppads(text: string): JumppadName[] {
  const named = text.split(',')
  return HOME.jumppads.map(({ name }) => name).filter((name) => named.includes(name))
}
