/**
 * How many decisions a second are played on 1 to 256 islands in lockstep, and what they are spent on:
 * natively and in Chromium on WebAssembly. Prints Markdown for docs/benchmarks.md.
 *
 * Run it with `npx tsx bench/rollouts.ts` on a machine that does nothing else.
 */
import { cpus } from 'node:os'
import { createNativeDevice } from '../src/runtime-node/index.ts'
import { playTimed, type RolloutTimes } from './rollouts/workload.ts'
import { withBenchPage } from './training/browser.ts'

const ISLANDS = [1, 16, 64, 256]
const ROUNDS = 3

/** The fastest of several rounds: other work on the machine only ever makes one slower. */
async function fastest(play: () => Promise<RolloutTimes>): Promise<RolloutTimes> {
  const rounds: RolloutTimes[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await play())
  const [best] = rounds.sort((a, b) => total(a) - total(b))
  if (best === undefined) throw new Error('Nothing was played')
  return best
}

function total({ rendering, inference, sampling, physics }: RolloutTimes): number {
  return rendering + inference + sampling + physics
}

function row(where: string, islands: number, times: RolloutTimes): string {
  const each = (milliseconds: number) => ((1000 * milliseconds) / times.decisions).toFixed(1)
  const rate = Math.round((1000 * times.decisions) / total(times))
  const parts = [times.rendering, times.physics, times.inference, times.sampling].map(each)
  return `| ${where} | ${islands} | ${rate} | ${parts.join(' | ')} |`
}

const lines = [
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, network \`small\`, fastest of ${ROUNDS} rounds of 100 decisions.`,
  '',
  '| where | islands | decisions a second | rendering µs | physics µs | inference µs | sampling µs |',
  '|---|---:|---:|---:|---:|---:|---:|',
]
const device = await createNativeDevice()
for (const islands of ISLANDS) {
  const times = await fastest(() => playTimed(device, islands, () => performance.now()))
  lines.push(row('native', islands, times))
}
await device.close()
await withBenchPage(async (page, browser) => {
  for (const islands of ISLANDS) {
    const times = await fastest(() => page.evaluate((count) => bench.ours.play(count), islands))
    lines.push(row(`WASM, ${browser}`, islands, times))
  }
})
process.stdout.write(`${lines.join('\n')}\n`)
