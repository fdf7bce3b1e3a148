import { METHODS, recipesOf, type TrainingPart } from '../../../procedure/training/index.ts'
import { dataWords } from '../words.ts'
import type { ComparedLine } from './lines.ts'

export interface Difference {
  /** Part whose recipe differs; undefined for values outside recipes. */
  readonly part: TrainingPart | undefined
  readonly name: string
  /** One value per line; undefined for a line whose runs lack this setting. */
  readonly values: readonly (number | string | undefined)[]
}

/** Returns the settings in which the runs of these lines differ, one row each. */
export function differencesOf(lines: readonly ComparedLine[]): Difference[] {
  const facts = [
    { name: 'Kind', of: ({ plan }: ComparedLine) => METHODS[plan.kind].title },
    { name: 'Start', of: ({ plan }: ComparedLine) => plan.start.name },
    { name: 'Learned from', of: learntFrom },
    { name: 'Preference fine-tuning', of: optionOf },
    { name: 'Seed', of: seedsOf },
  ].map(({ name, of }) => ({
    part: undefined,
    name,
    values: lines.map((line): number | string | undefined => of(line)),
  }))
  return [...facts, ...settingsOf(lines)].filter(differs)
}

/** Returns whether values differ; a missing one does not count, as the kind of run implies it. */
function differs({ values }: Difference): boolean {
  return new Set(values.filter((value) => value !== undefined)).size > 1
}

function optionOf({ plan }: ComparedLine): string | undefined {
  if (!('preferenceFineTuning' in plan)) return undefined
  return plan.preferenceFineTuning ? 'yes' : 'no'
}

function seedsOf({ runs }: ComparedLine): string {
  return runs.map(({ plan }) => plan.seed).join(', ')
}

function learntFrom({ plan }: ComparedLine): string | undefined {
  const data = dataWords(plan)
  return data && [data.words, data.sha256?.slice(0, 8), data.slips].filter(Boolean).join(', ')
}

function settingsOf(lines: readonly ComparedLine[]): Difference[] {
  const recipes = lines.map(({ plan }) =>
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
