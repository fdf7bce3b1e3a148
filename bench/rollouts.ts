/**
 * Benchmark of rollouts on 1 to 256 islands in lockstep: decisions per second and the cost of each
 * part, natively and in Chromium on WebAssembly. Prints Markdown for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/rollouts.ts` on an otherwise idle machine.
 */
import { cpus } from 'node:os'
import { createNativeDevice } from '../src/runtime-node/index.ts'
import { fastest, HEADER, ISLANDS, ROUNDS, row } from './rollouts/table.ts'
import { playTimed } from './rollouts/workload.ts'
import { withBenchPage } from './training/browser.ts'

const lines = [
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, network \`small\`, fastest of ${ROUNDS} rounds of 100 decisions.`,
  '',
  ...HEADER,
]
const device = await createNativeDevice()
for (const islands of ISLANDS) {
  const times = await fastest(() => playTimed(device, islands, () => performance.now()))
  lines.push(row('native', islands, times))
}
await device.close()
await withBenchPage(async (page, browser) => {
  for (const islands of ISLANDS) {
    const times = await fastest(() =>
      page.evaluate((count) => bench.ours.play('wasm', count), islands),
    )
    lines.push(row(`WASM, ${browser}`, islands, times))
  }
})
process.stdout.write(`${lines.join('\n')}\n`)
