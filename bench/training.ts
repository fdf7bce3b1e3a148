/**
 * Benchmark of a training step: natively, as a share of the machine's matrix-product throughput;
 * and in Chromium, compared with the same step in jax-js. Prints Markdown for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/training.ts` on an otherwise idle machine; `--rounds 3` is quick.
 */
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { checkAgreement } from './training/agreement.ts'
import { type BrowserTimes, measureInBrowser } from './training/browser.ts'
import { measureNative, type NativeTimes, PRODUCT_OPERATIONS } from './training/native.ts'
import { stepOperations } from './training/operations.ts'
import { type Rounds, ratio, spread } from './training/statistics.ts'
import { LAYOUT, SHAPE, SIZE } from './training/workload.ts'

const STEPS_PER_ROUND = 5
/** Number of steps whose losses are compared before timing starts; they also serve as warm-up. */
const CHECKED_STEPS = 5

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } })
const rounds = Number(values.rounds)
if (!(Number.isInteger(rounds) && rounds > 0)) {
  throw new Error(`--rounds: found "${values.rounds}", expected a positive whole number`)
}

const native = await measureNative(rounds, STEPS_PER_ROUND, CHECKED_STEPS)
const browser = await measureInBrowser(rounds, STEPS_PER_ROUND, CHECKED_STEPS)
const difference = checkAgreement(
  new Map([
    ['onnxruntime-node', native.first],
    ['onnxruntime-web', browser.first.ours],
    ['jax-js', browser.first.jax],
  ]),
)
process.stdout.write(
  [describeRun(native, difference), nativeTable(native), await browserTable(browser)].join('\n\n'),
)
process.stdout.write('\n')

function describeRun({ first }: NativeTimes, difference: number): string {
  const [cpu] = cpus()
  const losses = first.map(({ loss }) => loss.toFixed(3)).join(', ')
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpu?.model.trim()}, Node ${process.versions.node}.`,
    `${(LAYOUT.count / 1e6).toFixed(2)} M parameters, ${SHAPE.clips} clips of ${SHAPE.length} decisions, ${rounds} rounds of ${STEPS_PER_ROUND} steps each in turn.`,
    `All three trainings agree: losses ${losses}, within ${difference.toExponential(0)}.`,
  ].join('\n')
}

function nativeTable({ steps, products }: NativeTimes): string {
  const operations = stepOperations(SIZE, SHAPE.clips, SHAPE.length)
  const share = (ratio(products, steps) * operations) / PRODUCT_OPERATIONS
  const row = (name: string, count: number, rounds: Rounds): string => {
    const rate = count / spread(rounds.flat()).median
    return `| ${name} | ${giga(count)} | ${milliseconds(rounds)} | ${giga(1000 * rate, 0)} |`
  }
  return [
    '| natively, onnxruntime-node | GFLOP | median ms | lowest–highest | GFLOP/s |',
    '|---|---:|---:|---:|---:|',
    row('our training step', operations, steps),
    row('a product of 1024 × 1024 matrices', PRODUCT_OPERATIONS, products),
    `| **share of the machine's rate** | | | | **${(100 * share).toFixed(0)} %** |`,
  ].join('\n')
}

async function browserTable({ browser, device, steps }: BrowserTimes): Promise<string> {
  return [
    `| in ${browser} | median ms a step | lowest–highest |`,
    '|---|---:|---:|',
    `| our training step, ${device} | ${milliseconds(steps.ours)} |`,
    `| jax-js ${await jaxVersion()}, WebAssembly | ${milliseconds(steps.jax)} |`,
    `| **ratio** | **${ratio(steps.jax, steps.ours).toFixed(2)}** | |`,
  ].join('\n')
}

async function jaxVersion(): Promise<string> {
  const file = new URL('../node_modules/@jax-js/jax/package.json', import.meta.url)
  const { version }: { version: string } = JSON.parse(await readFile(file, 'utf8'))
  return version
}

function giga(value: number, digits = 2): string {
  return (value / 1e9).toFixed(digits)
}

function milliseconds(rounds: Rounds): string {
  const { median, lowest, highest } = spread(rounds.flat())
  return `${median.toFixed(1)} | ${lowest.toFixed(1)}–${highest.toFixed(1)}`
}
