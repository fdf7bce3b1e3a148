import { WORLD_VERSION } from '../../island/index.ts'
import { type AgentResult, RESULTS_VERSION, type Results } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import type { StageCache } from '../stage-cache.ts'
import { machine } from '../write-model.ts'
import { type Alignment, type Alignments, agentResult, medianOf } from './alignments.ts'
import type { Imitators, TrainedAgent } from './imitators.ts'
import type { Profile } from './profile.ts'
import { recoveries, sameRecovery, type Watched, watchAgent } from './watch-agents.ts'

/** Measures all policies of the main line and collects the results for the report. */
export async function measureAll(
  device: Device,
  cache: StageCache,
  profile: Profile,
  imitators: Imitators,
  alignments: Alignments,
): Promise<Results> {
  const begun = performance.now()
  const people = [imitators.base, imitators['fine-tuned'], imitators.scratch]
  const agents = people.map(({ entry }) => agentResult(entry, profile.seed, entry.file))
  const chosen = [...alignments].map(([wanted, of]) => medianOf(wanted, of))
  for (const of of alignments.values()) {
    for (const { seed, aligned } of of) {
      const isChosen = chosen.some((one) => one.aligned === aligned)
      for (const entry of [aligned.preference, aligned.aligned]) {
        if (entry === undefined) continue
        agents.push(agentResult(entry, seed, isChosen ? `${entry.stage}.onnx` : undefined))
      }
    }
  }
  agents.push(...(await recoveryResults(device, cache, profile, people)))
  const watched = await watchAll(device, cache, profile, people, chosen)
  const same = await cache.made({
    name: 'same recovery',
    settings: profile.recoveryEpisodes,
    reads: people.map(({ path }) => path),
    make: () => sameRecovery(device, pathsOf(imitators), profile.recoveryEpisodes),
  })
  const all = [...alignments.values()].flat()
  return {
    version: RESULTS_VERSION,
    worldVersion: WORLD_VERSION,
    size: profile.size,
    machine: machine(device),
    agents,
    trajectories: [...watched].map(([stage, { episodes }]) => ({ stage, episodes })),
    labels: all.map(({ aligned }) => aligned.reward.labels),
    rewardModels: all.map(({ aligned }) => aligned.reward.measured),
    reinforcement: all.map(({ aligned }) => aligned.learning),
    gallery: [...[...watched.values()].flatMap(({ gallery }) => gallery), ...same.value],
    wallClock: {
      ...cache.seconds,
      measuring: Math.round((performance.now() - begun) / 1000),
    },
  }
}

function pathsOf(imitators: Imitators) {
  return {
    base: imitators.base.path,
    'fine-tuned': imitators['fine-tuned'].path,
    scratch: imitators.scratch.path,
  }
}

async function recoveryResults(
  device: Device,
  cache: StageCache,
  profile: Profile,
  people: readonly TrainedAgent[],
): Promise<AgentResult[]> {
  const results: AgentResult[] = []
  for (const { path, entry } of people) {
    const { value } = await cache.made({
      name: `recovery ${entry.stage}`,
      settings: profile.recoveryEpisodes,
      reads: [path],
      make: () => recoveries(device, path, profile.recoveryEpisodes),
    })
    const common = agentResult(entry, profile.seed, entry.file)
    for (const { start, table } of value) results.push({ ...common, start, table })
  }
  return results
}

async function watchAll(
  device: Device,
  cache: StageCache,
  profile: Profile,
  people: readonly TrainedAgent[],
  chosen: readonly Alignment[],
): Promise<Map<string, Watched>> {
  const agents: TrainedAgent[] = [...people]
  for (const { aligned } of chosen) {
    const { files, preference } = aligned
    if (preference !== undefined) agents.push({ entry: preference, path: files.preference })
    agents.push({ entry: aligned.aligned, path: files.aligned })
  }
  const watched = new Map<string, Watched>()
  for (const { path, entry } of agents) {
    const { value } = await cache.made({
      name: `watch ${entry.stage}`,
      settings: profile.galleryEpisodes,
      reads: [path],
      make: () => watchAgent(device, path, entry.stage, profile.galleryEpisodes),
    })
    watched.set(entry.stage, value)
  }
  return watched
}
