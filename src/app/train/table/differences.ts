import { METHODS, recipesOf, type TrainingPart } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import { dataWords } from '../words.ts'

export interface Difference {
  /** Part whose recipe differs; undefined for values outside recipes. */
  readonly part: TrainingPart | undefined
  readonly name: string
  /** One value per run; undefined for a run without this setting. */
  readonly values: readonly (number | string | undefined)[]
}

/** Returns the settings in which these runs differ, one row each. */
export function differencesOf(runs: readonly Run[]): Difference[] {
  const facts = [
    { name: 'Kind', of: ({ plan }: Run) => METHODS[plan.kind].title },
    { name: 'Start', of: ({ plan }: Run) => plan.start.name },
    { name: 'Learned from', of: learntFrom },
    { name: 'Seed', of: ({ plan }: Run) => plan.seed },
  ].map(({ name, of }) => ({
    part: undefined,
    name,
    values: runs.map((run): number | string | undefined => of(run)),
  }))
  return [...facts, ...settingsOf(runs)].filter(differs)
}

/** Returns whether values differ; a missing one does not count, as the kind of run implies it. */
function differs({ values }: Difference): boolean {
  return new Set(values.filter((value) => value !== undefined)).size > 1
}

function learntFrom({ plan }: Run): string | undefined {
  const data = dataWords(plan)
  return data && [data.words, data.sha256?.slice(0, 8), data.slips].filter(Boolean).join(', ')
}

function settingsOf(runs: readonly Run[]): Difference[] {
  const recipes = runs.map(({ plan }) =>
    recipesOf(plan).flatMap(({ part, values }) =>
      Object.entries(values).map(([name, value]) => ({ part, name, value: plain(value) })),
    ),
  )
  const rows = new Map<string, Difference>()
  for (const { part, name } of recipes.flat()) {
    const values = recipes.map(
      (recipe) => recipe.find((each) => each.part === part && each.name === name)?.value,
    )
    rows.set(`${part}.${name}`, { part, name, values })
  }
  return [...rows.values()]
}

function plain(value: number | string | boolean): number | string {
  return typeof value === 'boolean' ? String(value) : value
}
