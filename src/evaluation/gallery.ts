import type { Episode } from '../island/index.ts'
import {
  CLIP_KINDS,
  type Classification,
  type ClipKind,
  type ClipKindRule,
  classify,
} from './classify.ts'

/** Episode that is a clear example of its kind. */
export interface GalleryClip<T extends Episode = Episode> {
  readonly kind: ClipKind
  readonly episode: T
  /** Index in the list that was searched. */
  readonly index: number
  readonly classification: Classification
}

/**
 * Failures that are obvious on sight. Bad navigation is not among them, because long detours follow
 * from all of these.
 */
const SPECIFIC: ReadonlySet<ClipKind> = new Set<ClipKind>([
  'shadow boxing',
  'off track',
  'missing and turning round',
])

/**
 * Returns the `perKind` clearest examples of each kind, in the order of CLIP_KINDS; fewer where a
 * kind has fewer episodes. Those with the fewest other obvious failures come first, so that a clip
 * shows one thing. Among these the endings take turns, so that examples differ; within an ending
 * the clarity of the kind decides, then the lower seed.
 */
export function findGallery<T extends Episode>(
  trajectories: readonly T[],
  perKind: number,
): GalleryClip<T>[] {
  const clips = trajectories.map((episode, index) => {
    const classification = classify(episode)
    return { kind: classification.kind, episode, index, classification }
  })
  return CLIP_KINDS.flatMap((rule) =>
    clearestFirst(
      clips.filter(({ kind }) => kind === rule.kind),
      rule,
    ).slice(0, perKind),
  )
}

function clearestFirst<T extends Episode>(clips: GalleryClip<T>[], rule: ClipKindRule) {
  const ranked = clips
    .map((clip) => ({
      clip,
      others: otherFailures(clip.classification),
      clarity: rule.clarity(clip.classification),
    }))
    .sort(
      (a, b) =>
        a.others - b.others || b.clarity - a.clarity || a.clip.episode.seed - b.clip.episode.seed,
    )
  const taken = new Map<string, number>()
  return ranked
    .map(({ clip, others }) => {
      const group = `${others} ${clip.classification.ending}`
      const turn = taken.get(group) ?? 0
      taken.set(group, turn + 1)
      return { clip, others, turn }
    })
    .sort((a, b) => a.others - b.others || a.turn - b.turn) // stable sort: the clearer stays ahead
    .map(({ clip }) => clip)
}

/** Counts the specific failures, other than its own kind, whose rules an episode also meets. */
function otherFailures(classification: Classification): number {
  return CLIP_KINDS.filter(
    ({ kind, holds }) =>
      kind !== classification.kind && SPECIFIC.has(kind) && holds(classification),
  ).length
}
