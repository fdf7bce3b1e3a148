/**
 * Gate experiment: does pre-training bring any benefit in this world? Run with `npx tsx
 * bench/gate.ts [base model]`; it resumes after an interruption and prints its tables as Markdown.
 * Results are cached in `runs/gate`; delete that folder to measure again.
 */
import { HOME_ENDINGS } from '../src/island/index.ts'
import { createNativeDevice } from '../src/runtime-node/index.ts'
import { type AgentRow, compareAgents } from './gate/agents.ts'
import { Cells, modelPath } from './gate/cells.ts'
import { compareRewards, type RewardRow } from './gate/rewards.ts'

const basePath = process.argv[2] ?? 'models/base.onnx'

function agentTable(rows: readonly AgentRow[]): string {
  const lines = rows.map(({ agent, start, counts, episodes }) => {
    const shares = HOME_ENDINGS.map((ending) =>
      ((100 * (counts[ending] ?? 0)) / episodes).toFixed(1),
    )
    return `| ${agent} | ${start} | ${shares.join(' | ')} |`
  })
  return [
    '| agent | start | none | left | middle | right |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function rewardTable(rows: readonly RewardRow[]): string {
  const lines = rows.map(({ encoder, comparisons, accuracies, rate }) => {
    const percent = accuracies.map((accuracy) => (100 * accuracy).toFixed(1))
    const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length
    return `| ${encoder} | ${comparisons} | ${percent.join(', ')} | ${(100 * mean).toFixed(1)} | ${rate} |`
  })
  return [
    '| encoder | comparisons | accuracy per seed, % | mean | rate |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

const device = await createNativeDevice()
const cells = new Cells()
process.stdout.write(`${agentTable(await compareAgents(device, cells, basePath))}\n\n`)
process.stdout.write(
  `${rewardTable(await compareRewards(device, cells, modelPath('fine-tuned-1')))}\n`,
)
await device.close()
