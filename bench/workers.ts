/**
 * Benchmark of a sweep on several workers: the same cells by one worker of one thread and by two, in
 * turns, each round with a new collector and new workers, so that nothing is cached. Checks that all
 * rounds give the same bytes. Prints Markdown for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/workers.ts` on an otherwise idle machine with two cores; `--cells 2
 * --rounds 1 --steps 4 --agent models/nano.onnx` is quick.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { rewardRecipe } from '../src/cli/align/reward.ts'
import { type RewardParameters, type RoundTime, timeRound } from './workers/round.ts'

const { values: options } = parseArgs({
  options: {
    cells: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '100' },
    agent: { type: 'string', default: 'models/fine-tuned.onnx' },
  },
})

const COMPARISONS = 100

/** Cells of a sweep, each with a seed of its own: cells that share rollouts would share less of them
 * among two workers than with one. */
const cells = Array.from(
  { length: Number(options.cells) },
  (_, index): RewardParameters => ({
    ...{ encoder: 'agent', comparisons: COMPARISONS, seed: 1 + index, clips: 100 },
    heldOut: { clips: 20, comparisons: 60 },
    recipe: rewardRecipe(COMPARISONS, { steps: Number(options.steps), warmup: 1 }),
  }),
)

const rounds: { readonly one: RoundTime; readonly two: RoundTime }[] = []
for (let round = 0; round < Number(options.rounds); round++) {
  const one = await timeRound(1, options.agent, cells)
  const two = await timeRound(2, options.agent, cells)
  if (new Set([one, two, ...rounds.map((each) => each.one)].map((each) => each.results)).size > 1) {
    throw new Error('The rounds differ in their results: expected the same bytes from every worker')
  }
  rounds.push({ one, two })
}

const lines = [
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${cells.length} cells of ${options.steps} updates with ${options.agent}, rounds in turns; all gave the same bytes.`,
  '',
  '| round | one worker, s | two workers, s | ratio |',
  '|---:|---:|---:|---:|',
  ...rounds.map(
    ({ one, two }, index) =>
      `| ${index + 1} | ${one.seconds.toFixed(1)} | ${two.seconds.toFixed(1)} | ${(one.seconds / two.seconds).toFixed(2)} |`,
  ),
]
const total = (of: 'one' | 'two') => rounds.reduce((sum, round) => sum + round[of].seconds, 0)
lines.push(
  `| **all** | ${total('one').toFixed(1)} | ${total('two').toFixed(1)} | **${(total('one') / total('two')).toFixed(2)}** |`,
)
process.stdout.write(`${lines.join('\n')}\n`)
