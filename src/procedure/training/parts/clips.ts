/**
 * Clips that a training learns from: clips with their frames, played by the starting policy or
 * replayed.
 */
import {
  type Comparison,
  drawComparisons,
  fallible,
  judgedPairs,
  type SeenClip,
} from '../../../alignment/index.ts'
import { replayability } from '../../../alignment/labels/index.ts'
import { tellingPairs } from '../../../evaluation/telling-pairs.ts'
import { isStyleWish, type JudgedEpisode, judgeOf, wishName } from '../../../evaluation/wish.ts'
import { type Episode, replay, splitKey } from '../../../island/index.ts'
import { beginningsOf, playPolicy, renderEpisodes } from '../../play.ts'
import { type ClipCost, clipCost } from '../cost.ts'
import type { PartDefinition } from '../definitions.ts'
import {
  identityOf,
  islandsOf,
  isStopped,
  keyOf,
  type TrainingData,
  type TrainingJob,
} from '../job.ts'
import { loadEpisodes, RESULT_FILES, saveEpisodes } from '../kept.ts'
import { type LabelSource, styleIn, type TrainingPlan } from '../plan.ts'
import { TrainingProblem } from '../problem.ts'
import { problemsOf } from '../problems.ts'
import type { TrainingReport } from '../reports.ts'

type MaterialClip = SeenClip & JudgedEpisode

export interface TrainingMaterial {
  readonly clips: readonly MaterialClip[]
  /** Comparisons of these clips, by index. */
  readonly comparisons: readonly Comparison[]
}

/**
 * Maximum number of clips from which a judge's pairs are drawn: half a megabyte of frames each is
 * in memory at once. Up to this limit no two pairs share a clip, but for telling pairs.
 */
const MOST_CLIPS = 600

/** Number of clips played between two reports. */
const AT_A_TIME = 100
/** Number of clips rendered between two reports. */
const WATCHED_AT_A_TIME = 16

type Making<T> = AsyncGenerator<TrainingReport, T>

export const clips: PartDefinition = {
  name: 'clips',
  head: undefined,
  title: 'Clips',
  about: 'Plays the clips to learn from, frame by frame.',
  fields: {},
  mainFields: [],
  defaults: () => ({}),
  charts: [],
  summary: [],
  pausesAtCheckpoints: false,
  files: { result: RESULT_FILES.clips },
  seconds,
}

function seconds(plan: TrainingPlan, { play, watch }: ClipCost): number {
  if ('clips' in plan) return plan.clips.count * watch
  if (!('labels' in plan)) return 0
  return clipsOf(plan.labels) * (plan.labels.kind === 'judge' ? play + watch : watch)
}

/** Returns the number of clips that labels compare: of a judge's exactly, of people's at most. */
export function clipsOf({ kind, comparisons }: LabelSource): number {
  return kind === 'judge' ? Math.min(MOST_CLIPS, 2 * comparisons) : 2 * comparisons
}

/**
 * Makes clips and comparisons of them, by people or by a judge; undefined where it was stopped
 * before the end. Throws a `TrainingProblem` when the labels do not suffice.
 */
export async function* labelledMaterial(
  job: TrainingJob,
  labels: LabelSource,
): Making<TrainingMaterial | undefined> {
  const material =
    labels.kind === 'judge' ? yield* judgedMaterial(job, labels) : yield* peoplesMaterial(job)
  if (material === undefined) return undefined
  const [lacking] = problemsOf(material, labels.kind, styleIn(labels) !== undefined)
  if (lacking !== undefined) throw new TrainingProblem(lacking)
  return material
}

async function* judgedMaterial(
  job: TrainingJob,
  labels: Extract<LabelSource, { kind: 'judge' }>,
): Making<TrainingMaterial | undefined> {
  const share = playShare(job)
  const episodes = yield* playedEpisodes(job, clipsOf(labels), share)
  const clips = episodes && (yield* watch(job, episodes, share))
  if (clips === undefined) return undefined
  const key = keyOf(job, 'reward', wishName(labels.wanted))
  const judge = fallible(judgeOf(labels.wanted), labels, splitKey(key, 'judge'))
  const pairKey = splitKey(key, 'pairs')
  if (!isStyleWish(labels.wanted)) {
    const { comparisons } = drawComparisons(clips, judge, labels.comparisons, pairKey)
    return { clips, comparisons }
  }
  const pairs = tellingPairs(clips, labels.wanted, labels.comparisons, pairKey)
  if (pairs.length < labels.comparisons) {
    yield {
      kind: 'notice',
      message: `The judge answers ${pairs.length} pairs instead of ${labels.comparisons}, because the agent’s clips make no more that differ clearly in style.`,
    }
  }
  return { clips, comparisons: judgedPairs(clips, pairs, judge) }
}

/**
 * Makes the clips of people with their comparisons; undefined where it was stopped before the end.
 * Clips that do not replay as they were kept are left out, with a notice.
 */
export async function* peoplesMaterial(job: TrainingJob): Making<TrainingMaterial | undefined> {
  const given = job.data ?? { clips: [], comparisons: [] }
  const { clips, comparisons } = replayableData(given)
  const left = given.clips.length - clips.length
  yield begin(clips.length)
  if (left > 0) {
    yield {
      kind: 'notice',
      message: `${left} of ${given.clips.length} clips replay differently from when they were saved, so they and their labels are left out.`,
    }
  }
  const seen = yield* watch(job, clips)
  return seen && { clips: seen, comparisons }
}

/** Returns the clips that replay as they were kept, and the comparisons of these. */
export function replayableData({ clips, comparisons }: TrainingData): TrainingData {
  const places = new Map<number, number>()
  const usable = clips.filter((clip, index) => {
    const replays = replayability(clip) === 'replays'
    if (replays) places.set(index, places.size)
    return replays
  })
  return {
    clips: usable,
    comparisons: comparisons.flatMap(({ first, second, verdict }) => {
      const [a, b] = [places.get(first), places.get(second)]
      return a === undefined || b === undefined ? [] : [{ first: a, second: b, verdict }]
    }),
  }
}

/** Returns the share of the work on a judge's clip that goes into playing it; the rest renders it again. */
function playShare({ start }: TrainingJob): number {
  const { play, watch } = clipCost(start.layout.count)
  return play / (play + watch)
}

/**
 * Plays episodes with the starting policy, or reuses the full set if it was stored before a resume;
 * undefined where it was stopped before the end. Each counts as `share` of a clip.
 */
async function* playedEpisodes(
  job: TrainingJob,
  count: number,
  share: number,
): Making<Episode[] | undefined> {
  const key = keyOf(job, 'comparisons', 'labels')
  const beginnings = beginningsOf(key, 'spawn', count, islandsOf(job))
  const identity = identityOf(job, 'clips')
  yield begin(count)
  const kept = await loadEpisodes(job.store, identity, beginnings)
  if (kept !== undefined) {
    yield progress(share * count)
    return kept
  }
  const episodes: Episode[] = []
  for (let first = 0; first < count; first += AT_A_TIME) {
    if (isStopped(job)) return undefined
    const chunk = beginnings.slice(first, first + AT_A_TIME)
    const act = splitKey(key, 'act', first)
    const played = await playPolicy(job.device, job.start, chunk, act, { open: job.openPlayer })
    episodes.push(...played.map(({ trajectory }) => trajectory))
    yield progress(share * episodes.length)
  }
  await saveEpisodes(job.store, identity, episodes)
  return episodes
}

/**
 * Replays and renders episodes, some at a time so that a stop is noticed between; undefined where
 * it was stopped before the end. `before` is the share of the work on each that was done already.
 */
async function* watch(
  job: TrainingJob,
  episodes: readonly Episode[],
  before = 0,
): Making<MaterialClip[] | undefined> {
  const clips: MaterialClip[] = []
  for (let first = 0; first < episodes.length; first += WATCHED_AT_A_TIME) {
    if (isStopped(job)) return undefined
    const chunk = episodes.slice(first, first + WATCHED_AT_A_TIME)
    for (const [index, seen] of renderEpisodes(chunk).entries()) {
      const episode = chunk[index]
      if (episode !== undefined) {
        clips.push({ ...episode, ...seen, ending: replay(episode).ending })
      }
    }
    yield progress(before * episodes.length + (1 - before) * clips.length)
  }
  return clips
}

/** Reports a number of clips as done; work done in part counts for its share. */
function progress(done: number): TrainingReport {
  // Shares of whole clips may end just below them.
  return { kind: 'progress', part: 'clips', done: Math.floor(done + 1e-6) }
}

function begin(of: number): TrainingReport {
  return { kind: 'part', part: 'clips', unit: 'clips', of }
}
