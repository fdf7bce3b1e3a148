import { ISLANDS } from '../../island/index.ts'
import { islandCell } from '../../procedure/island-cells.ts'
import { evaluatedIslands, useEvaluate } from '../stores/evaluate.ts'
import { evaluateAddress } from '../stores/evaluate-settings.ts'
import { islandOf } from '../stores/island-choice.ts'
import { IslandsTable } from '../ui/IslandsTable.tsx'
import { outcomesOf, useAllCompared } from './compared.ts'
import { Figure } from './Figure.tsx'
import { Letter } from './Letter.tsx'

/** Table of what was evaluated with the same settings on several islands; nothing for a single one. */
export function AcrossIslands() {
  const compared = useAllCompared()
  const evaluation = useEvaluate((state) => state.evaluation)
  const byIsland = useEvaluate((state) => state.byIsland)
  const evaluations = evaluatedIslands({ evaluation, byIsland })
  if (evaluation === undefined || evaluations.length < 2) return null
  const of = (island: string) => evaluations.find(({ settings }) => settings.island === island)
  const rows = evaluations
    .map(({ settings }) => islandOf(settings.island))
    .toSorted((a, b) => place(a.value) - place(b.value))
  return (
    <Figure
      title="Across islands"
      note="Share of episodes that reached the jumppad that the policy was aligned to or, for one that prefers none, any jumppad, in percent with Wilson 95 % intervals. Select a cell to see the other figures for its island."
    >
      <IslandsTable
        rows={rows.map(({ value, title, about }) => ({ island: value, title, about }))}
        columns={compared.map(({ run, index, letter, colour }) => ({
          name: letter,
          head: (
            <>
              <Letter index={index} colour={colour} />
              {run.title}
            </>
          ),
          colour,
        }))}
        leadsTo="Show the figures for this island"
        shown={evaluation.settings.island}
        cellOf={({ island }, { name }) => {
          const { index } = compared.find(({ letter }) => letter === name) ?? {}
          const evaluated = of(island)
          const policy = index === undefined ? undefined : evaluated?.policies[index]
          if (evaluated === undefined || policy === undefined) return undefined
          const table = outcomesOf(policy, evaluated)
          return table.episodes > 0 ? islandCell({ stage: policy.stage, island, table }) : undefined
        }}
        addressOf={({ island }) => evaluateAddress({ ...evaluation.settings, island })}
      />
    </Figure>
  )
}

/** Returns the place of an island in the table: shipped ones in their order, then one's own. */
function place(value: string): number {
  const found = ISLANDS.findIndex(({ id }) => id === value)
  return found < 0 ? ISLANDS.length : found
}
