/** Preparation of a study: its clips become its material, the pairs that everybody compares. */
import {
  type Clip,
  clipSchema,
  drawInTurn,
  type GoldenPair,
  goldenPairs,
  keepAgentClip,
  type Pair,
  pairKey,
} from '../alignment/labels/index.ts'
import { type Key, RandomStream, rootKey, splitKey } from '../island/index.ts'
import { decodeActions, encodeActions } from '../procedure/episode-record.ts'
import { checkedStudy, StudyFileError } from './read.ts'
import {
  isPrepared,
  type Material,
  type PreparedStudy,
  pairsNeeded,
  type Study,
  type StudyEpisode,
} from './study.ts'

/** Returns the key of a study, from which all its random choices follow. */
export function studyKey({ id, design }: Study, use: string): Key {
  return splitKey(rootKey(design.seed), 'study', id, use)
}

/** Returns the root seed of the episodes that an agent of the study plays. */
export function episodeSeed({ design }: Study): number {
  return design.seed
}

/**
 * Returns the study with its material: pairs in which all clips occur about equally often, golden pairs and
 * practice pairs. `clips[i]` are the clips that agent i played. Throws a StudyFileError where there are too
 * few clips for the pairs, as when no clip reaches the jumppad that the question asks for.
 */
export function prepareStudy(study: Study, clips: readonly (readonly Clip[])[]): PreparedStudy {
  const all = clips.flat()
  const different = new Map(all.map((clip) => [clip.id, clip]))
  if (different.size < all.length) {
    throw new StudyFileError(
      `Two of the ${all.length} clips of the study are the same: list each agent once, or choose another seed.`,
    )
  }
  const known = knownPairs(study, all)
  const material: Material = {
    episodes: clips.flatMap((own, agent) => own.map((clip) => episodeOfClip(clip, agent))),
    pairs: drawPairs(study, all, known),
    golden: known.slice(0, study.golden?.pairs ?? 0).map(withAnswer),
    practice: known.slice(study.golden?.pairs ?? 0).map(withAnswer),
  }
  const prepared = checkedStudy({ ...study, material })
  if (!isPrepared(prepared)) throw new Error('A prepared study has lost its material')
  return prepared
}

/** Returns enough pairs with known answers for the golden and, after them, the practice pairs. */
function knownPairs(study: Study, clips: readonly Clip[]): GoldenPair[] {
  const { golden, practice } = study
  if (golden === undefined) return []
  const wanted = golden.pairs + practice.pairs
  const found = goldenPairs(clips, golden.jumppad, studyKey(study, 'golden'))
  if (found.length >= wanted) return found.slice(0, wanted)
  throw new StudyFileError(
    `The study needs ${wanted} golden and practice pairs, but its clips form only ${found.length} in which one clip reaches the ${golden.jumppad} jumppad and the other does not: lower these numbers, or have more clips played.`,
  )
}

function withAnswer({ first, second, known }: GoldenPair): Material['golden'][number] {
  return { first, second, answer: known }
}

function drawPairs(study: Study, clips: readonly Clip[], known: readonly Pair[]): Pair[] {
  const random = new RandomStream(studyKey(study, 'pairs'))
  const ids = clips.map(({ id }) => id)
  const taken = new Set(known.map(({ first, second }) => pairKey(first, second)))
  const pairs: Pair[] = []
  const needed = pairsNeeded(study.design)
  while (pairs.length < needed) {
    const pair = drawInTurn(ids, pairs, taken, random)
    if (pair === undefined) {
      throw new StudyFileError(
        `The design needs ${needed} different pairs besides the golden and practice pairs, but its ${clips.length} clips form only ${pairs.length}: have more clips played.`,
      )
    }
    taken.add(pairKey(pair.first, pair.second))
    pairs.push({ first: pair.first, second: pair.second })
  }
  return pairs
}

function episodeOfClip({ start, seed, actions }: Clip, agent: number): StudyEpisode {
  return { agent, start, seed, actions: encodeActions(actions) }
}

/**
 * Returns the clips of a study by id. They are replayed, so their paths and endings are right on every
 * machine. Throws a StudyFileError if an episode cannot be replayed or a pair refers to no clip.
 */
export function clipsOfStudy(study: PreparedStudy): ReadonlyMap<string, Clip> {
  const known = replayed.get(study)
  if (known) return known
  const clips = replayedClips(study)
  replayed.set(study, clips)
  return clips
}

/** Clips of the studies that were replayed, as replaying a large study takes seconds. */
const replayed = new WeakMap<PreparedStudy, ReadonlyMap<string, Clip>>()

function replayedClips(study: PreparedStudy): ReadonlyMap<string, Clip> {
  const { episodes, pairs, golden, practice } = study.material
  const clips = new Map<string, Clip>()
  for (const [place, episode] of episodes.entries()) {
    const clip = clipOfEpisode(study, episode, place)
    clips.set(clip.id, clip)
  }
  for (const { first, second } of [...pairs, ...golden, ...practice]) {
    const missing = [first, second].find((id) => !clips.has(id))
    if (missing === undefined && first !== second) continue
    throw new StudyFileError(
      `The study file is damaged: a pair refers to clip ${missing ?? first}, ${missing ? 'which is not in it' : 'twice'}; get the file again.`,
    )
  }
  return clips
}

function clipOfEpisode(study: PreparedStudy, episode: StudyEpisode, place: number): Clip {
  const { agent, start, seed, actions } = episode
  const { worldVersion, agents, island } = study
  try {
    const played = {
      ...{ worldVersion, start, seed, island: island?.map },
      actions: decodeActions(actions),
    }
    return clipSchema.parse(keepAgentClip(played, agents[agent]?.digest ?? ''))
  } catch {
    throw new StudyFileError(
      `The study file is damaged: its clip ${place + 1} cannot be replayed; get the file again.`,
    )
  }
}
