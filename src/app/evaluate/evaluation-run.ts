/** Starts and stops evaluations: sends the request to the worker and writes its results to the store. */

import { connectEvaluationWorker, type EvaluationConnection } from '../../lab/evaluation/connect.ts'
import type { ModelSource } from '../../lab/worker/choices.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { type Candidate, currentCandidates, findCandidate } from '../data/candidates.ts'
import { problemOf } from '../sentences.ts'
import {
  type EvaluatedReward,
  type Evaluation,
  isPlaying,
  type PolicyRun,
  patchEvaluation,
  patchPolicy,
  useEvaluate,
} from '../stores/evaluate.ts'
import {
  currentEvaluateSettings,
  type EvaluateSettings,
  isDefaultReward,
  policyNames,
  rewardNames,
  sameButIsland,
  sameEvaluation,
} from '../stores/evaluate-settings.ts'
import { carriedMap, islandOf, islandsFrom, startOf } from '../stores/island-choice.ts'
import { countOf } from '../ui/format.ts'
import { EvaluationRecorder, failReward, failUnfinished } from './evaluation-recorder.ts'
import { failureWords } from './progress.ts'

/** Milliseconds that a worker may take to stop before it is terminated, as it may be waiting for a file. */
const STOP_TIMEOUT_MS = 3_000

let requestStop: (() => void) | undefined

/**
 * Runs the evaluation of `settings` in place of the previous one, on one island or on all of them in turn.
 * While one is running, it says so instead.
 */
export async function runEvaluation(asked: EvaluateSettings): Promise<void> {
  const { evaluation, byIsland } = useEvaluate.getState()
  if (isPlaying(evaluation)) {
    useEvaluate.setState({
      notice: 'Another evaluation is running: run this one when it has ended.',
    })
    return
  }
  const settings = playedSettings(asked)
  const others = Object.entries(byIsland).filter(([, each]) =>
    sameButIsland(settings, each.settings),
  )
  useEvaluate.setState({ byIsland: Object.fromEntries(others) })
  const islands = settings.islands === 'all' ? islandsFrom(settings.island) : [settings.island]
  let goesOn = true
  for (const [done, island] of islands.entries()) {
    if (!goesOn) break
    useEvaluate.setState({ round: islands.length > 1 ? { islands, done } : undefined })
    goesOn = await runOnIsland({ ...settings, island })
  }
  const isRound = islands.length > 1
  useEvaluate.setState({
    round: undefined,
    ...(isRound && goesOn && { announcement: `All ${islands.length} islands are played.` }),
  })
  // The visitor may have chosen another island meanwhile. What was stopped stays in sight.
  if (goesOn) showIsland(currentEvaluateSettings())
}

/** Returns the settings as they are played: on all islands from spawns, as not all have other starts. */
export function playedSettings(settings: EvaluateSettings): EvaluateSettings {
  const start = settings.islands === 'all' ? 'spawn' : startOf(settings)
  return { ...settings, start, run: 'asked' }
}

/** Plays on one island; resolves to whether others may follow: it was not stopped, and something was played. */
async function runOnIsland(settings: EvaluateSettings): Promise<boolean> {
  const candidates = currentCandidates()
  const find = (name: string) => findCandidate(candidates, name)
  const policies = policyNames(settings.model).map((name) =>
    resolveModel(name, find(name), 'policy'),
  )
  const rewards = rewardNames(settings.reward)
    .map((name) => resolveModel(name, find(name), 'reward'))
    .filter(({ candidate }) => candidate !== undefined || !isDefaultReward(settings.reward))
  useEvaluate.setState({
    notice: undefined,
    fileProblem: undefined,
    announcement: `Playing ${countOf(settings.episodes, 'episode')} with each of ${countOf(policies.length, 'policy', 'policies')}.`,
    evaluation: {
      settings,
      phase: 'playing',
      policies: policies.map(policyRun),
      rewards: rewards.map(rewardRun),
      begunAt: new Date().toISOString(),
      seconds: 0,
    },
  })
  const phase = await play(settings, policies, rewards)
  const isStopped = phase === 'stopped' || useEvaluate.getState().evaluation?.phase === 'stopping'
  patchEvaluation(() => ({ phase }))
  const { evaluation } = useEvaluate.getState()
  const isPlayed = playedEpisodes(evaluation) > 0
  useEvaluate.setState(({ byIsland }) => ({
    announcement: endSentence(phase),
    byIsland: { ...byIsland, ...fullerOf(byIsland[settings.island], evaluation) },
  }))
  return isPlayed && !isStopped
}

/** Returns the evaluation to keep of an island, if any: a repetition that was stopped loses nothing that was played. */
function fullerOf(kept: Evaluation | undefined, played: Evaluation | undefined) {
  const best = playedEpisodes(kept) > playedEpisodes(played) ? kept : played
  return best && playedEpisodes(best) > 0 ? { [best.settings.island]: best } : {}
}

function playedEpisodes(evaluation: Evaluation | undefined): number {
  return evaluation?.policies.reduce((sum, { episodes }) => sum + episodes.length, 0) ?? 0
}

/** Shows what was kept of the island that settings name, if it was evaluated with these settings. */
export function showIsland(chosen: EvaluateSettings): void {
  const { evaluation, byIsland } = useEvaluate.getState()
  const settings = playedSettings(chosen)
  const island = islandOf(settings.island).value
  const kept = byIsland[island]
  if (kept === undefined || kept === evaluation || isPlaying(evaluation)) return
  if (sameEvaluation({ ...settings, island }, kept.settings))
    useEvaluate.setState({ evaluation: kept })
}

/** Stops the running evaluation; episodes that have ended by then are kept. */
export function stopEvaluation(): void {
  if (useEvaluate.getState().evaluation?.phase !== 'playing') return
  patchEvaluation(() => ({ phase: 'stopping' }))
  requestStop?.()
}

/** A model name from the address, and the model it refers to, if any. */
interface ResolvedModel {
  readonly name: string
  readonly candidate: Candidate | undefined
  readonly problem: string | undefined
}

function resolveModel(
  name: string,
  candidate: Candidate | undefined,
  kind: Candidate['kind'],
): ResolvedModel {
  const what = kind === 'policy' ? 'policy' : 'reward model'
  if (candidate?.kind === kind) return { name, candidate, problem: undefined }
  const problem = candidate
    ? `“${candidate.title}” is not a ${what}: choose another.`
    : `There is no ${what} “${name}” on this site or in this browser: choose another, or add its file again.`
  return { name, candidate: undefined, problem }
}

function policyRun({ name, candidate, problem }: ResolvedModel): PolicyRun {
  return {
    name,
    title: candidate?.title ?? stageName(name),
    stage: candidate?.stage ?? name,
    sha256: candidate?.sha256,
    phase: problem === undefined ? 'waiting' : 'failed',
    deviceName: undefined,
    problem,
    decisions: 0,
    ended: 0,
    episodes: [],
    seconds: undefined,
  }
}

function rewardRun({ name, candidate, problem }: ResolvedModel): EvaluatedReward {
  const { title = stageName(name), stage = name, sha256 } = candidate ?? {}
  return { name, title, stage, sha256, problem }
}

/** Returns the sources of the models whose file is available, with their indices in the list. */
async function sourcesOf(
  models: readonly ResolvedModel[],
  onMissing: (index: number, why: string) => void,
) {
  const found: { readonly index: number; readonly source: ModelSource }[] = []
  for (const [index, { candidate }] of models.entries()) {
    try {
      if (candidate) found.push({ index, source: await candidate.source() })
    } catch (error) {
      onMissing(index, problemOf(error))
    }
  }
  return found
}

async function play(
  settings: EvaluateSettings,
  policyModels: readonly ResolvedModel[],
  rewardModels: readonly ResolvedModel[],
): Promise<'stopped' | 'done'> {
  const policies = await sourcesOf(policyModels, (index, problem) =>
    patchPolicy(index, { phase: 'failed', problem }),
  )
  const rewards = await sourcesOf(rewardModels, failReward)
  const connection = connectEvaluationWorker()
  const { episodes, seed, device } = settings
  const island = carriedMap(settings.island)
  const begun = performance.now()
  const recorder = new EvaluationRecorder(
    policies.map(({ index }) => index),
    rewards.map(({ index }) => index),
    begun,
  )
  try {
    return await Promise.race([
      connection.worker
        .evaluate(
          {
            policies: policies.map(({ source }) => source),
            rewards: rewards.map(({ source }) => source),
            episodes,
            seed,
            start: startOf(settings),
            ...(island && { island }),
            device,
          },
          (event) => recorder.record(event),
        )
        .then((result) => (result === 'stopped' ? result : 'done')),
      untilStopped(connection),
    ])
  } catch (error) {
    failUnfinished(problemOf(error))
    return 'done'
  } finally {
    requestStop = undefined
    recorder.stop()
    connection.end()
  }
}

/** Resolves once a stop was requested and the worker has had its time to comply. */
function untilStopped({ worker }: EvaluationConnection): Promise<'stopped'> {
  return new Promise((resolve) => {
    requestStop = () => {
      setTimeout(() => resolve('stopped'), STOP_TIMEOUT_MS)
      // A worker that cannot be reached is terminated all the same.
      worker.stop().catch(() => resolve('stopped'))
    }
    // The stop was requested while the files were still being located.
    if (useEvaluate.getState().evaluation?.phase === 'stopping') requestStop()
  })
}

function endSentence(phase: 'stopped' | 'done'): string {
  const { evaluation } = useEvaluate.getState()
  const parts = (evaluation?.policies ?? []).map(({ title, episodes, problem }) =>
    problem === undefined
      ? `${title}: ${countOf(episodes.length, 'episode')} counted.`
      : `${title} ${failureWords(episodes.length)}.`,
  )
  const { round } = useEvaluate.getState()
  const place = round
    ? `Island ${round.done + 1} of ${round.islands.length}, ${islandOf(evaluation?.settings.island ?? '').title}: `
    : ''
  const end = phase === 'stopped' ? 'Stopped.' : `${place}The evaluation is complete.`
  return [end, ...parts].join(' ')
}
