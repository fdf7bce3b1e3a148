/** One round of the benchmark of workers: a fresh collector, fresh workers, and the same cells. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeVersion } from '../../src/cli/cells/code-version.ts'
import { Collector } from '../../src/cli/cells/collector.ts'
import { CollectorRunner } from '../../src/cli/cells/collector-runner.ts'
import { rewardCell } from '../../src/cli/experiments/reward-cell.ts'
import { startNats } from '../../src/cli/nats/server.ts'

export type RewardParameters = Parameters<typeof rewardCell.ask>[1]

export interface RoundTime {
  /** Time from the first cell posted to the last result, seconds. */
  readonly seconds: number
  /** Results as text, to compare rounds. */
  readonly results: string
}

const THREADS = 1

/** Has `workers` processes of one thread each compute the cells. */
export async function timeRound(
  workers: number,
  agentPath: string,
  cells: readonly RewardParameters[],
): Promise<RoundTime> {
  const folder = await mkdtemp(join(tmpdir(), 'jumppad-bench-'))
  const server = await startNats({ dir: join(folder, 'nats') })
  const { signal } = new AbortController()
  const version = await codeVersion()
  const collector = await Collector.open({ url: server.url, version, signal })
  const runner = new CollectorRunner({
    collector,
    sweep: 'bench',
    title: 'Cells',
    threads: THREADS,
    signal,
  })
  const children = Array.from({ length: workers }, (_, index) =>
    startWorker(server.url, join(folder, `worker-${index}`), `bench-${index}`),
  )
  try {
    const agent = await runner.provide(agentPath)
    await until(async () => (await collector.queueState()).idleWorkers >= workers)
    const begun = performance.now()
    const answers = await Promise.all(cells.map((cell) => rewardCell.ask(runner, cell, { agent })))
    const seconds = (performance.now() - begun) / 1000
    return { seconds, results: JSON.stringify(answers.map(({ value }) => value)) }
  } finally {
    await Promise.all(children.map(end))
    await runner.close()
    await server.stop()
    await rm(folder, { recursive: true })
  }
}

function startWorker(url: string, work: string, name: string): ChildProcess {
  const words = ['worker', url, '--name', name, '--work', work]
  // As the script `worker` in package.json.
  const flags = ['--single-threaded-gc', '--import', 'tsx']
  return spawn(process.execPath, [...flags, 'src/cli/main.ts', ...words], {
    stdio: 'ignore',
  })
}

function end(child: ChildProcess): Promise<unknown> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  return ended
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 200))
}
