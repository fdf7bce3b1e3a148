/**
 * Benchmark of training and inference on WebGPU against the WASM backend, on one page in a Chromium
 * with a GPU: checks that both give the same numbers, and times them. Prints Markdown for
 * docs/benchmarks.md.
 *
 * Run with `npx tsx bench/gpu.ts`; arguments after `--` are passed to Chromium as flags, such as
 * `--enable-unsafe-webgpu` on Linux.
 */
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { fastest, HEADER, ISLANDS, row } from './rollouts/table.ts'
import { checkAgreement } from './training/agreement.ts'
import { withBenchPage } from './training/browser.ts'
import type { WebKind } from './training/page/ours.worker.ts'
import { ratio, spread } from './training/statistics.ts'
import type { StepReport } from './training/workload.ts'

const KINDS = ['wasm', 'webgpu'] as const
const ROUNDS = 6
const STEPS_PER_ROUND = 5

const { positionals } = parseArgs({ allowPositionals: true })

function train(page: Page, kind: WebKind, steps: number): Promise<StepReport[]> {
  return page.evaluate(([on, count]) => bench.ours.train(on, count), [kind, steps] as const)
}

const lines = await withBenchPage(async (page, browser) => {
  const devices = new Map<WebKind, string>()
  const first = new Map<string, StepReport[]>()
  for (const kind of KINDS) {
    const { name, emulated } = await page.evaluate((on) => bench.ours.describe(on), kind)
    if (emulated) throw new Error(`Found ${name}, which is emulated on the CPU; expected a GPU`)
    devices.set(kind, name)
    first.set(kind, await train(page, kind, STEPS_PER_ROUND))
  }
  const difference = checkAgreement(first)
  const times: Record<WebKind, number[][]> = { wasm: [], webgpu: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of KINDS) {
      const reports = await train(page, kind, STEPS_PER_ROUND)
      times[kind].push(reports.map(({ milliseconds }) => milliseconds))
    }
  }
  const step = (kind: WebKind): string => {
    const { median, lowest, highest } = spread(times[kind].flat())
    const range = `${lowest.toFixed(1)}–${highest.toFixed(1)}`
    return `| ${devices.get(kind)} | ${median.toFixed(1)} | ${range} |`
  }
  const rows: string[] = []
  for (const kind of KINDS) {
    for (const islands of ISLANDS) {
      const played = await fastest(() =>
        page.evaluate(([on, count]) => bench.ours.play(on, count), [kind, islands] as const),
      )
      rows.push(row(devices.get(kind) ?? kind, islands, played))
    }
  }
  return [
    `${browser}; losses of the first steps agree within ${difference.toExponential(0)}.`,
    '',
    '| a training step on | median ms | lowest–highest |',
    '|---|---:|---:|',
    ...KINDS.map(step),
    `| **ratio** | **${ratio(times.wasm, times.webgpu).toFixed(2)}** | |`,
    '',
    ...HEADER,
    ...rows,
  ]
}, positionals)
process.stdout.write(`${lines.join('\n')}\n`)
