/** Labels on which a reward model can be looked at, with how far they test it. */
import { type Comparison, drawComparisons } from '../../alignment/comparisons.ts'
import { type Clip, pairKey } from '../../alignment/labels/index.ts'
import {
  isStyleWish,
  judgeOf,
  stylePredicate,
  type Wish,
  wishQuestion,
} from '../../evaluation/wish.ts'
import { rootKey, splitKey } from '../../island/index.ts'
import { modelStage } from '../../procedure/model-stages.ts'
import {
  heldOutSplit,
  islandIn,
  replayableData,
  type TrainingData,
  wishOf,
  wishWords,
} from '../../procedure/training/index.ts'
import { type Run, readRunData, readRuns } from '../../storage/index.ts'
import { type Candidate, currentCandidates, findCandidate } from '../data/candidates.ts'
import { labDatabase } from '../data/database.ts'
import { titleOfMap } from '../stores/island-choice.ts'
import { type LabelData, labelsByQuestion } from '../training/labels.ts'
import { countOf } from '../ui/format.ts'
import { freshClips, type OnPart } from './fresh-clips.ts'

export interface LabelSet {
  readonly id: string
  readonly title: string
  /** How far these labels test the model, in a sentence or two. */
  readonly note: string
  /** Question that was asked. */
  readonly question: string
  /**
   * Loads the clips and the comparisons of them; `onPart` receives the loaded share, 0…1. Rejects soon
   * after `signal` aborts.
   */
  load(onPart: OnPart, signal: AbortSignal): Promise<TrainingData>
}

/** Number of fresh clips that a judge compares, each in one pair, so that pairs are independent. */
const JUDGED_CLIPS = 256

/** Agent whose clips a judge compares where it is not known from whose the model learned. */
const USUAL_AGENT = 'fine-tuned'

/** Returns the sets for a reward model, those that test it most strictly first. */
export async function labelSetsOf(model: Candidate): Promise<LabelSet[]> {
  const database = await labDatabase()
  const run = (await readRuns(database)).records.find(
    ({ result }) => result?.reward === model.sha256,
  )
  const own = await labelsByQuestion()
  if (run === undefined) return [...judged(model, undefined, undefined), ...ownSets(model, own)]
  const data = await readRunData(database, run.id)
  const trained = trainedSets(run, data, own)
  return [...trained.tests, ...judged(model, run, data), ...trained.learnt]
}

/** Returns the sets of people's labels of a run: those that test its model, and those it learned from. */
function trainedSets({ plan }: Run, data: TrainingData | undefined, own: readonly LabelData[]) {
  if (data === undefined || !('labels' in plan) || plan.labels.kind === 'judge') {
    return { tests: [], learnt: [] }
  }
  const { question } = plan.labels
  const { clips, comparisons } = replayableData(data)
  const { training, heldOut } = heldOutSplit(plan, comparisons)
  const later = laterThan(data, own.find(({ labels }) => labels.question === question)?.data)
  const held = setOf(
    'held-out',
    'Held-out labels',
    'Training used neither these labels nor their clips.',
    { clips, comparisons: heldOut },
    question,
  )
  const since = setOf(
    'later',
    'Labels that training did not use',
    'Your labels of the same question on other pairs, such as those given since. Training may have used some of their clips in other pairs, so the accuracy may be slightly too good.',
    later,
    question,
  )
  const learnt = setOf(
    'trained',
    'Labels used for training',
    'The model learned from these very labels, so this shows how well it fits them, not how well it generalises.',
    { clips, comparisons: training },
    question,
  )
  return {
    tests: [
      ...(heldOut.length > 0 ? [held] : []),
      ...(later.comparisons.length > 0 ? [since] : []),
    ],
    learnt: [learnt],
  }
}

/** Returns the comparisons of other pairs than those in `used`. */
function laterThan(used: TrainingData, own: TrainingData | undefined): TrainingData {
  if (own === undefined) return { clips: [], comparisons: [] }
  const keyIn =
    ({ clips }: TrainingData) =>
    (comparison: Comparison) =>
      pairKey(clips[comparison.first]?.id ?? '', clips[comparison.second]?.id ?? '')
  const known = new Set(used.comparisons.map(keyIn(used)))
  const key = keyIn(own)
  return replayableData({
    clips: own.clips,
    comparisons: own.comparisons.filter((comparison) => !known.has(key(comparison))),
  })
}

function ownSets({ from }: Candidate, own: readonly LabelData[]): LabelSet[] {
  const note =
    from === 'site'
      ? 'Labels of this browser. This model learned from a judge instead, so they test it.'
      : 'Labels of this browser. The model’s training is not recorded here, so it may have learned from them: the accuracy may be too good.'
  return own
    .filter(({ labels }) => labels.comparisons > 0)
    .map(({ labels, data }) =>
      setOf(
        `own ${labels.question}`,
        `Own labels: ${labels.question}`,
        note,
        data,
        labels.question,
      ),
    )
}

function setOf(
  id: string,
  title: string,
  note: string,
  data: TrainingData,
  question: string,
): LabelSet {
  const count = countOf(data.comparisons.length, 'label')
  const load = () => Promise.resolve(replayableData(comparedOnly(data)))
  return { id, title: `${title} (${count})`, note, question, load }
}

/** Returns data without the clips that no comparison uses. */
function comparedOnly({ clips, comparisons }: TrainingData): TrainingData {
  const used = [...new Set(comparisons.flatMap(({ first, second }) => [first, second]))]
  const places = new Map(used.map((index, place) => [index, place]))
  return {
    clips: used.flatMap((index) => clips[index] ?? []),
    comparisons: comparisons.map(({ first, second, verdict }) => ({
      first: places.get(first) ?? 0,
      second: places.get(second) ?? 0,
      verdict,
    })),
  }
}

/**
 * Returns the set of a judge's answers to fresh clips, where the preference is known; they are played on the
 * island of the first clip that the run learned from.
 */
function judged(
  model: Candidate,
  run: Run | undefined,
  data: TrainingData | undefined,
): LabelSet[] {
  const wish = run ? wishOf(run.plan) : modelStage(model.stage).wanted
  const policies = currentCandidates('policy')
  const agent = run
    ? policies.find(({ sha256 }) => sha256 === run.plan.start.sha256)
    : findCandidate(policies, USUAL_AGENT)
  if (wish === undefined || agent === undefined) return []
  const named = run && islandIn(run.plan)
  const island = named?.map ?? data?.clips[0]?.island
  const title = named?.title ?? titleOfMap(island)
  return [
    {
      id: 'judge',
      title: `A judge for ${wishWords(wish)}, on fresh clips`,
      note: `${JUDGED_CLIPS} new episodes of ${agent.title}${title === undefined ? '' : ` on “${title}”`}, ${isStyleWish(wish) ? 'those that arrive ' : ''}each in one pair, which no training has seen. The judge prefers the clip that ${preferenceWords(wish)}, and never errs.`,
      question: questionOf(run, wish),
      load: async (onPart, signal) =>
        judgedData(await freshClips(agent, island, JUDGED_CLIPS, onPart, signal), wish),
    },
  ]
}

function preferenceWords(wish: Wish): string {
  return isStyleWish(wish)
    ? `reaches a jumppad or, of two that do, ${stylePredicate(wish)}`
    : `reaches the ${wish} jumppad, or reaches it sooner`
}

function questionOf(run: Run | undefined, wish: Wish): string {
  const labels = run && 'labels' in run.plan ? run.plan.labels : undefined
  return labels && labels.kind !== 'judge' ? labels.question : wishQuestion(wish)
}

/** Returns a judge's answers to pairs of clips; for a style, of those that arrive, as others say nothing of it. */
function judgedData(played: readonly Clip[], wish: Wish): TrainingData {
  const clips = isStyleWish(wish) ? played.filter(({ ending }) => ending !== 'none') : played
  const key = splitKey(rootKey(0), 'reward look', 'pairs')
  const { comparisons } = drawComparisons(clips, judgeOf(wish), Math.floor(clips.length / 2), key)
  return { clips, comparisons }
}
