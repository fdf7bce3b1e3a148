import { join } from 'node:path'
import { HOME_OUTCOMES, ISLANDS } from '../../island/index.ts'
import type { IslandsResult } from '../../procedure/index.ts'
import { allInOrder, type CellRunner } from '../cells/runner.ts'
import { islandPlayCell, islandRewardCell, parametersOf } from './island-cell.ts'

/** Evaluation of shipped models on all shipped islands. */
export interface IslandsPlan {
  /** Folder of the models. */
  readonly models: string
  readonly stages: readonly string[]
  readonly islands: readonly string[]
  readonly episodes: number
  /** Clips of the fine-tuned agent, and pairs of them, that a reward model is tested on. */
  readonly rewardTest: { readonly clips: number; readonly comparisons: number }
}

export const ISLANDS_PLAN = {
  stages: ['base', 'fine-tuned', ...HOME_OUTCOMES.map((wanted) => `aligned-${wanted}`)],
  islands: ISLANDS.map(({ id }) => id),
  episodes: 1000,
  // Half as many pairs as clips: no two share a clip, so that they are independent.
  rewardTest: { clips: 1000, comparisons: 500 },
}

/** Evaluates policies and reward models on every island of the plan. */
export async function evaluateIslands(
  runner: CellRunner,
  { models, stages, islands, episodes, rewardTest }: IslandsPlan,
): Promise<IslandsResult> {
  const provide = (stage: string) => runner.provide(join(models, `${stage}.onnx`))
  const cells = islands.flatMap((island) => stages.map((stage) => ({ island, stage })))
  const policies = await allInOrder(cells, runner.atOnce, async ({ island, stage }) => {
    const inputs = { policy: await provide(stage) }
    const { value } = await islandPlayCell.ask(
      runner,
      { ...parametersOf(island), stage, episodes },
      inputs,
    )
    return { island, stage, table: value }
  })
  // The agent whose clips are compared is the same for all, so that islands alone differ.
  const tests = islands.flatMap((island) => HOME_OUTCOMES.map((wanted) => ({ island, wanted })))
  const rewards = await allInOrder(tests, runner.atOnce, async ({ island, wanted }) => {
    const inputs = { agent: await provide('fine-tuned'), reward: await provide(`reward-${wanted}`) }
    const { value } = await islandRewardCell.ask(
      runner,
      { ...parametersOf(island), wanted, ...rewardTest },
      inputs,
    )
    return { island, wanted, ...value }
  })
  return { policies, rewards }
}
