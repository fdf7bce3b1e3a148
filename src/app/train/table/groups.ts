/** Groups of runs that differ in nothing but their seeds. */
import { freeName } from '../../../lab/training/free-name.ts'
import { METHODS, type TrainingPlan } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import { canonical } from '../../../storage/same.ts'
import { grouped } from '../../../study/grouped.ts'
import { NO_DIGEST } from '../../training/labels.ts'

export interface RunGroup {
  /** Key of its runs; for a run that belongs to no group, its id. */
  readonly key: string
  /** All runs, newest first. */
  readonly runs: readonly Run[]
  /** Seeds of the runs, each once, in ascending order. */
  readonly seeds: readonly number[]
  /** Finished runs, on which statistics rest: the newest of each seed, by ascending seed. */
  readonly counted: readonly Run[]
  /** Runs that did not finish: waiting, in progress, stopped, diverged or failed. */
  readonly unfinished: readonly Run[]
}

/**
 * Returns a text that two plans share exactly if they are equal but for the seed: of the same method, from the same
 * model and data by digest, with the same settings. Models count by their digests, and islands by their maps, not by
 * their names. Returns undefined for plans whose data has no digest, which cannot be known to be equal to others.
 */
export function groupKey({ seed: _, ...plan }: TrainingPlan): string | undefined {
  const text = JSON.stringify(plan, (_name, field: unknown) => withoutNames(field))
  return text.includes(NO_DIGEST) ? undefined : canonical(JSON.parse(text))
}

/** Returns the digest in the place of a model, and the map in the place of an island, which have names as well. */
function withoutNames(field: unknown): unknown {
  if (typeof field !== 'object' || field === null) return field
  if ('name' in field && 'sha256' in field) return field.sha256
  return 'title' in field && 'map' in field ? field.map : field
}

/** Groups runs, which are given newest first. Groups are in the order of their newest runs. */
export function groupsOf(runs: readonly Run[]): RunGroup[] {
  const groups = grouped(runs, ({ id, plan }) => groupKey(plan) ?? id)
  return [...groups].map(([key, members]) => groupOf(key, members))
}

function groupOf(key: string, runs: readonly Run[]): RunGroup {
  const seeds = [...new Set(runs.map(({ plan }) => plan.seed))].sort((a, b) => a - b)
  const finished = runs.filter(({ state }) => state === 'done')
  return {
    ...{ key, runs, seeds },
    counted: seeds.flatMap((seed) => finished.find(({ plan }) => plan.seed === seed) ?? []),
    unfinished: runs.filter(({ state }) => state !== 'done'),
  }
}

/** Returns whether a group is shown as such: with a single seed, its runs stand for themselves. */
export function hasSeeds({ seeds }: RunGroup): boolean {
  return seeds.length > 1
}

/** Names of groups by their keys. */
export type GroupNames = ReadonlyMap<string, string>

/**
 * Returns the name of every group: what its runs are called before anybody renames them, without a seed. Of groups
 * with the same name, the later ones are numbered, so that names stay when further runs are added.
 */
export function groupNames(runs: readonly Run[]): GroupNames {
  const oldest = groupsOf(runs.toReversed())
  const names = uniqueNames(
    oldest.map(({ runs: [run] }) => (run ? METHODS[run.plan.kind].name(run.plan) : '')),
  )
  return new Map(oldest.map(({ key }, index) => [key, names[index] ?? '']))
}

/** Returns the name of the group of a run. */
export function nameOfGroup({ id, plan }: Run, names: GroupNames): string {
  return names.get(groupKey(plan) ?? id) ?? ''
}

/** Returns names of which no two are the same: a second “Aligned” becomes “Aligned (2)”. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const free = freeName(name, taken)
    taken.add(free)
    return free
  })
}
