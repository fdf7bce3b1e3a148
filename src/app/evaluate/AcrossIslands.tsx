import { rankingOf } from '../../evaluation/ranking.ts'
import { finalReward } from '../../evaluation/reward-statistics.ts'
import { ISLANDS, worldOf } from '../../island/index.ts'
import { type IslandCell, islandCell } from '../../procedure/island-cells.ts'
import { modelStage } from '../../procedure/model-stages.ts'
import {
  type Evaluation,
  evaluatedIslands,
  scoringRewards,
  useEvaluate,
} from '../stores/evaluate.ts'
import { evaluateAddress } from '../stores/evaluate-settings.ts'
import { carriedMap, islandOf } from '../stores/island-choice.ts'
import { IslandsTable } from '../ui/IslandsTable.tsx'
import { outcomesOf, useAllCompared, useDrawn } from './compared.ts'
import { Figure } from './Figure.tsx'
import { Letter } from './Letter.tsx'

/** Table of what was evaluated with the same settings on several islands; nothing for a single one. */
export function AcrossIslands() {
  const evaluation = useDrawn()
  const compared = useAllCompared(evaluation)
  const latest = useEvaluate((state) => state.evaluation)
  const byIsland = useEvaluate((state) => state.byIsland)
  const evaluations = evaluatedIslands({ evaluation: latest, byIsland })
  if (evaluation === undefined || evaluations.length < 2) return null
  const judges = scoringRewards(evaluation).filter(({ stage }) => modelStage(stage).wanted)
  const of = (island: string) => evaluations.find(({ settings }) => settings.island === island)
  const rows = evaluations
    .map(({ settings }) => islandOf(settings.island))
    .toSorted((a, b) => place(a.value) - place(b.value))
  return (
    <Figure
      title="Across islands"
      note={`Share of episodes that reached the jumppad that the policy was aligned to or, for one that prefers none, any jumppad, in percent with Wilson 95 % intervals.${judges.length > 0 ? ' For a reward model, how often it scores an episode that reached its jumppad above one that did not: 50 % is chance.' : ''} Select a cell to see the other figures for its island.`}
    >
      <IslandsTable
        rows={rows.map(({ value, title, about }) => ({ island: value, title, about }))}
        columns={[
          ...compared.map(({ run, index, letter, colour }) => ({
            name: letter,
            head: (
              <>
                <Letter index={index} colour={colour} />
                {run.title}
              </>
            ),
            colour,
          })),
          ...judges.map(({ name, title }) => ({
            name,
            head: title,
            colour: 'var(--mantine-primary-color-filled)',
          })),
        ]}
        label={`Share of episodes that reached the preferred jumppad, by island and agent${judges.length > 0 ? ', and of episodes that a reward model ranks rightly' : ''}, percent`}
        leadsTo="Show the figures for this island"
        shown={evaluation.settings.island}
        cellOf={({ island }, { name }) => {
          const { index } = compared.find(({ letter }) => letter === name) ?? {}
          const evaluated = of(island)
          if (index === undefined) return evaluated && rewardCell(evaluated, name)
          const policy = evaluated?.policies[index]
          if (evaluated === undefined || policy === undefined) return undefined
          const table = outcomesOf(policy, evaluated)
          return table.episodes > 0 ? islandCell({ stage: policy.stage, island, table }) : undefined
        }}
        addressOf={({ island }) => evaluateAddress({ ...evaluation.settings, island })}
      />
    </Figure>
  )
}

/** Cells of reward models by evaluation: while one grows, those of the others stay. */
const kept = new WeakMap<Evaluation, Map<string, IslandCell | undefined>>()

/**
 * Returns how well a reward model ranks the episodes on an island, all policies together; undefined where it
 * did not score them, or its jumppad was reached by all or by none.
 */
function rewardCell(evaluation: Evaluation, name: string): IslandCell | undefined {
  const cells = kept.get(evaluation) ?? new Map<string, IslandCell | undefined>()
  kept.set(evaluation, cells)
  if (!cells.has(name)) cells.set(name, rankedCell(evaluation, name))
  return cells.get(name)
}

function rankedCell(evaluation: Evaluation, name: string): IslandCell | undefined {
  const { island } = evaluation.settings
  const rewards = scoringRewards(evaluation)
  const place = rewards.findIndex((each) => each.name === name)
  const stage = rewards[place]?.stage ?? ''
  const { wanted } = modelStage(stage)
  if (wanted === undefined) return undefined
  const common = { stage, island, wanted, otherwise: undefined }
  const nothing = { share: 0, interval: { low: 0, high: 0 } }
  const exists = worldOf({ island: carriedMap(island) }).outcomes.includes(wanted)
  if (!exists) return { ...common, ...nothing, exists }
  const episodes = evaluation.policies.flatMap((policy) => policy.episodes)
  const scores = (reached: boolean): number[] =>
    episodes.flatMap(({ ending, rewards: lists }) => {
      const running = lists[place]
      return running && running.length > 0 && (ending === wanted) === reached
        ? [finalReward(running)]
        : []
    })
  const ranking = rankingOf(scores(true), scores(false))
  return ranking && { ...common, ...ranking, exists }
}

/** Returns the place of an island in the table: shipped ones in their order, then one's own. */
function place(value: string): number {
  const found = ISLANDS.findIndex(({ id }) => id === value)
  return found < 0 ? ISLANDS.length : found
}
