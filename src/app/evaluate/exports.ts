/** Export of an evaluation: CSV with one row per episode, or JSON that allows replaying and recounting it. */

import { mcNemarTest } from '../../evaluation/mcnemar.ts'
import { originIndex, originsOf } from '../../evaluation/origins.ts'
import { outcomeTable } from '../../evaluation/outcomes.ts'
import { finalReward } from '../../evaluation/reward-statistics.ts'
import { STYLE_MEASURES } from '../../evaluation/style.ts'
import { WORLD_VERSION, type World, worldOf } from '../../island/index.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import { encodeActions } from '../../procedure/episode-record.ts'
import { csvOf } from '../../storage/csv.ts'
import { type Evaluation, type PolicyRun, scoringRewards } from '../stores/evaluate.ts'
import type { EvaluateSettings } from '../stores/evaluate-settings.ts'
import { carriedMap, islandOf, startOf } from '../stores/island-choice.ts'
import { meanReward } from './compared.ts'

const FORMAT = 'jumppad-evaluation'
const VERSION = 1

/**
 * Returns CSV (RFC 4180) with one row per episode; the reward columns are named after their models.
 * The evaluations differ in the island at most.
 */
export function evaluationsCsv(evaluations: readonly Evaluation[]): string {
  const rewards = [
    ...new Set(evaluations.flatMap((each) => scoringRewards(each).map(({ name }) => name))),
  ]
  const header = [
    'policy',
    'digest',
    'episode',
    'seed',
    'start',
    'island',
    'begins_at',
    'outcome',
    'decisions',
    ...rewards.map((name) => `reward:${name}`),
    ...STYLE_MEASURES.map(({ name }) => `style:${name}`),
  ]
  const rows = evaluations.flatMap((evaluation) => {
    const { settings, policies } = evaluation
    // A reward model may have failed on one island, so that the others have another place there.
    const scoring = scoringRewards(evaluation).map(({ name }) => name)
    return policies.flatMap(({ name, sha256, episodes }) =>
      episodes.map((episode) => [
        name,
        sha256 ?? '',
        episode.index + 1,
        episode.seed,
        startOf(settings),
        islandOf(settings.island).value,
        originName(settings, episode.seed),
        episode.ending,
        episode.actions.length,
        ...rewards.map((name) => rewardOf(episode, scoring.indexOf(name)) ?? ''),
        ...episode.style,
      ]),
    )
  })
  return csvOf([header, ...rows])
}

function originName(settings: EvaluateSettings, seed: number): string {
  const [start, island] = [startOf(settings), carriedMap(settings.island)]
  return originsOf(start, island)[originIndex({ start, seed, island })]?.name ?? ''
}

function rewardOf({ rewards }: EvaluatedEpisode, place: number): number | undefined {
  const running = rewards[place]
  return running && running.length > 0 ? finalReward(running) : undefined
}

/**
 * Returns the evaluation as JSON, with `link`, which plays it again. Actions are base64 of
 * little-endian uint16, as in models/results.json.
 */
export function evaluationJson(evaluation: Evaluation, link: string): string {
  const { settings, phase, begunAt, policies } = evaluation
  const rewards = scoringRewards(evaluation)
  const { episodes, seed, device } = settings
  const { value: island, map } = islandOf(settings.island)
  const world = worldOf({ island: map })
  return JSON.stringify(
    {
      format: FORMAT,
      version: VERSION,
      worldVersion: WORLD_VERSION,
      begunAt,
      link,
      complete: phase === 'done' && policies.every(({ problem }) => problem === undefined),
      order: { episodes, seed, start: startOf(settings), island, map, device, temperature: 1 },
      rewardModels: rewards.map(({ name, title, sha256 }) => ({ name, title, sha256 })),
      policies: policies.map((policy) => policyJson(policy, rewards.length, settings, world)),
      pairedTests: pairedTests(policies, world),
    },
    undefined,
    1,
  )
}

function policyJson(
  policy: PolicyRun,
  rewards: number,
  settings: EvaluateSettings,
  { endings }: World,
) {
  const { name, title, stage, sha256, deviceName, seconds, problem, episodes } = policy
  const places = Array.from({ length: rewards }, (_, place) => place)
  return {
    name,
    title,
    stage,
    sha256,
    device: deviceName,
    seconds,
    problem,
    summary: {
      ...outcomeTable(episodes, endings),
      meanRewards: places.map((place) => meanReward(episodes, place) ?? null),
    },
    episodes: episodes.map((episode) => ({
      seed: episode.seed,
      beginsAt: originName(settings, episode.seed),
      outcome: episode.ending,
      decisions: episode.actions.length,
      actions: encodeActions(episode.actions),
      rewards: places.map((place) => rewardOf(episode, place) ?? null),
      style: Object.fromEntries(
        STYLE_MEASURES.map(({ name }, place) => [name, episode.style[place] ?? null]),
      ),
    })),
  }
}

/** Runs McNemar's test for each pair of policies and each jumppad, on the episodes that both have. */
function pairedTests(policies: readonly PolicyRun[], { outcomes }: World) {
  const played = policies.filter(({ episodes }) => episodes.length > 0)
  return played.flatMap((first, index) =>
    played.slice(index + 1).flatMap((second) => {
      const pairs = Math.min(first.episodes.length, second.episodes.length)
      return outcomes.map((outcome) => {
        const reached = ({ episodes }: PolicyRun) =>
          episodes.slice(0, pairs).map(({ ending }) => ending === outcome)
        const test = mcNemarTest(reached(first), reached(second))
        return { first: first.name, second: second.name, outcome, pairs, ...test }
      })
    }),
  )
}
