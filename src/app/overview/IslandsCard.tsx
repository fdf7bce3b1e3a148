import { ISLANDS } from '../../island/index.ts'
import type { Results } from '../../lab/models/results.ts'
import { islandCell } from '../../procedure/island-cells.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { stageVariable } from '../stages.ts'
import { Dot } from '../ui/Dot.tsx'
import { IslandsTable } from '../ui/IslandsTable.tsx'
import kit from '../ui/kit.module.css'

type IslandsResult = NonNullable<Results['islands']>

/** Renders how the shipped agents do on the shipped islands; every cell leads to the Watch page. */
export function IslandsCard({ islands }: { readonly islands: IslandsResult }) {
  const cells = islands.policies.map(islandCell)
  const stages = [...new Set(cells.map(({ stage }) => stage))]
  const shown = ISLANDS.filter(({ id }) => cells.some(({ island }) => island === id))
  return (
    <div className={kit.card}>
      <IslandsTable
        rows={shown.map(({ id, title, about }) => ({ island: id, title, about }))}
        columns={stages.map((stage) => ({
          name: stage,
          head: (
            <>
              <Dot stage={stage} />
              {stageName(stage)}
            </>
          ),
          colour: stageVariable(stage),
        }))}
        label="Share of episodes that reached the preferred jumppad, by island and agent, percent"
        leadsTo="Watch it"
        cellOf={({ island }, { name }) =>
          cells.find((each) => each.island === island && each.stage === name)
        }
        addressOf={({ island }, { name }) =>
          `#/watch?${new URLSearchParams({ model: name, ...(island !== 'home' && { island }) })}`
        }
      />
    </div>
  )
}
