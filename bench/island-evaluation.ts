/**
 * Benchmark of evaluating a policy on every shipped island: playing with the shipped fine-tuned agent and
 * measuring the style of each episode, in microseconds of CPU time per decision. Run with `npx tsx
 * bench/island-evaluation.ts`.
 *
 * All islands take turns in every round, so that a busy moment hits them all; compare the ratios.
 */

import { readModelFile } from '../src/cli/evaluate.ts'
import { reportingBeginnings, styleOf } from '../src/evaluation/index.ts'
import { quantile } from '../src/evaluation/quantile.ts'
import { ISLANDS, rootKey, splitKey } from '../src/island/index.ts'
import { importModel } from '../src/network/index.ts'
import { playPolicy } from '../src/procedure/index.ts'
import { createNativeDevice } from '../src/runtime-node/index.ts'

const ROUNDS = 8
const EPISODES = 32

const device = await createNativeDevice({ threads: 1 })
const agent = importModel(await readModelFile('models/fine-tuned.onnx'))

/** Returns the cost of a decision on an island, in microseconds. */
async function measure(round: number, map: (typeof ISLANDS)[number]['map']): Promise<number> {
  const beginnings = reportingBeginnings(round, 'spawn', EPISODES, map)
  const before = process.cpuUsage()
  const played = await playPolicy(device, agent, beginnings, splitKey(rootKey(round), 'act'))
  for (const { trajectory } of played) styleOf(trajectory)
  const { user, system } = process.cpuUsage(before)
  return (
    (user + system) / played.reduce((sum, { trajectory }) => sum + trajectory.actions.length, 0)
  )
}

for (const { map } of ISLANDS) await measure(1000, map)
const rounds: number[][] = []
for (let round = 0; round < ROUNDS; round++) {
  const costs: number[] = []
  for (const { map } of ISLANDS) costs.push(await measure(round, map))
  rounds.push(costs)
}
await device.close()

const median = (values: readonly number[]) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
process.stdout.write(`${'island'.padEnd(18)}${'µs a decision'.padEnd(16)}of the first island’s\n`)
for (const [index, { id }] of ISLANDS.entries()) {
  const cost = median(rounds.map((costs) => costs[index] ?? Number.NaN))
  const ratio = median(rounds.map((costs) => (costs[index] ?? Number.NaN) / (costs[0] ?? 1)))
  process.stdout.write(`${id.padEnd(18)}${cost.toFixed(0).padEnd(16)}${ratio.toFixed(2)}\n`)
}
