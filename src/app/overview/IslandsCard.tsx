import { ISLANDS } from '../../island/index.ts'
import type { Results } from '../../lab/models/results.ts'
import { type IslandCell, islandCell, rewardCell } from '../../procedure/island-cells.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { stageVariable } from '../stages.ts'
import { Dot } from '../ui/Dot.tsx'
import { IslandsTable } from '../ui/IslandsTable.tsx'
import kit from '../ui/kit.module.css'

type IslandsResult = NonNullable<Results['islands']>

/** Renders how the shipped agents do on the shipped islands; every cell leads to the Watch page. */
export function IslandsCard({ islands }: { readonly islands: IslandsResult }) {
  return (
    <CellsCard
      cells={islands.policies.map(islandCell)}
      explained
      label="Share of episodes that reached the preferred jumppad, by island and agent, percent"
      leadsTo="Watch it"
      addressOf={(island, stage) => `#/watch?${parameters({ model: stage }, island)}`}
    />
  )
}

/** Renders how often the shipped reward models are right on the shipped islands; every cell leads to Evaluate. */
export function IslandRewardsCard({ islands }: { readonly islands: IslandsResult }) {
  return (
    <CellsCard
      cells={islands.rewards.map(rewardCell)}
      label="Share of decisive pairs that reward models order correctly, by island and reward model, percent"
      leadsTo="Evaluate it"
      addressOf={(island, stage) =>
        `#/evaluate?${parameters({ model: 'fine-tuned', reward: stage }, island)}`
      }
    />
  )
}

function parameters(values: Readonly<Record<string, string>>, island: string): URLSearchParams {
  return new URLSearchParams({ ...values, ...(island !== 'home' && { island }) })
}

interface CellsCardProps {
  readonly cells: readonly IslandCell[]
  /** Whether the rows say what is different on their island. */
  readonly explained?: boolean
  readonly label: string
  readonly leadsTo: string
  addressOf(island: string, stage: string): string
}

function CellsCard({ cells, explained, label, leadsTo, addressOf }: CellsCardProps) {
  const stages = [...new Set(cells.map(({ stage }) => stage))]
  const shown = ISLANDS.filter(({ id }) => cells.some(({ island }) => island === id))
  return (
    <div className={kit.card}>
      <IslandsTable
        rows={shown.map(({ id, title, about }) => ({
          ...{ island: id, title },
          ...(explained && { about }),
        }))}
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
        label={label}
        leadsTo={leadsTo}
        cellOf={({ island }, { name }) =>
          cells.find((each) => each.island === island && each.stage === name)
        }
        addressOf={({ island }, { name }) => addressOf(island, name)}
      />
    </div>
  )
}
