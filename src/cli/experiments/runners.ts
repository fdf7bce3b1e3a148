import { join } from 'node:path'
import { codeVersion, versionToken } from '../cells/code-version.ts'
import { Collector } from '../cells/collector.ts'
import { CollectorRunner } from '../cells/collector-runner.ts'
import { LocalRunner } from '../cells/local-runner.ts'
import { CellMachine } from '../cells/machine.ts'
import { ModelFolder } from '../cells/model-folder.ts'
import { ownFolder } from '../cells/own-folder.ts'
import type { CellRunner } from '../cells/runner.ts'
import { work } from '../cells/worker.ts'
import { InterruptedError, UsageError } from '../errors.ts'
import { abortable } from '../interruption.ts'
import { fileNameOf } from '../stage-cache.ts'
import { serveSweepPage } from '../sweep-page.ts'
import { KINDS } from './kinds.ts'

export interface RunnerOptions {
  /** Folder that caches finished cells. */
  readonly work: string
  /** Threads for each cell. */
  readonly threads: number
  /** Address of the collector whose workers compute the cells; this machine does if omitted. */
  readonly collector?: string
  /** Credentials file for the collector. */
  readonly credentials?: string
  /** Port at which this machine's browsers find the lab with the sweep's progress. */
  readonly page?: number
}

type Run = (runner: CellRunner) => Promise<void>

/**
 * Passes a runner of cells for these options to `run`, and closes it afterwards; `serve` serves the page.
 * Throws a `UsageError` for options of a collector without one.
 */
export async function withRunner(
  name: string,
  options: RunnerOptions,
  run: Run,
  serve: typeof serveSweepPage = serveSweepPage,
): Promise<void> {
  refuseUnusedOptions(options)
  const { collector: url, credentials, threads, page } = options
  const version = await codeVersion()
  if (url === undefined) {
    const models = new ModelFolder(join(options.work, 'models'))
    const machine = new CellMachine(options.work, models, KINDS)
    await runAndClose(new LocalRunner(machine, threads, version), run)
    return
  }
  await abortable(async (signal) => {
    const collector = await Collector.open({ url, credentials, version, signal })
    const sweep = fileNameOf(`${version.code} ${threads} ${name}`)
      .replaceAll('.', '-')
      .slice(0, 100)
    const runner = new CollectorRunner({
      collector,
      sweep,
      title: `Cells of ${name}`,
      threads,
      signal,
    })
    await runAndClose(runner, async () => {
      const closePage = page === undefined ? undefined : await serve(page, () => runner.state())
      try {
        await run(runner)
      } finally {
        await closePage?.()
      }
    })
  })
}

/** Throws a `UsageError` for options that mean nothing where this machine computes the cells itself. */
function refuseUnusedOptions({ collector, page, credentials }: RunnerOptions): void {
  if (collector !== undefined) return
  const unused = Object.entries({ page, credentials }).find(([, value]) => value !== undefined)
  if (unused === undefined) return
  throw new UsageError(
    `Found --${unused[0]} without --collector, which it belongs to: name a collector, or leave out --${unused[0]}`,
  )
}

/** Passes a runner to `run`, and closes it whatever happens: an open one keeps the process from ending. */
async function runAndClose(runner: CellRunner, run: Run): Promise<void> {
  try {
    await run(runner)
  } finally {
    await runner.close()
  }
}

/** Returns the machine of one worker; models alone are shared with the other workers in `folder`. */
async function workerMachine(folder: string): Promise<CellMachine> {
  return new CellMachine(await ownFolder(folder), new ModelFolder(join(folder, 'models')), KINDS)
}

export interface WorkerCommand {
  readonly work: string
  readonly name: string
  readonly credentials?: string
}

/** Computes cells of a collector until it is interrupted. */
export async function runWorker(
  url: string,
  { work: folder, name, credentials }: WorkerCommand,
): Promise<void> {
  const version = await codeVersion()
  // Other code may compute the same cell differently.
  const machine = await workerMachine(join(folder, versionToken(version)))
  const say = (text: string) => process.stderr.write(`${text}\n`)
  await abortable(async (signal) => {
    const collector = await Collector.open({ url, credentials, version, signal })
    // A cell that is computed when the work is aborted fails at its next step.
    signal.addEventListener('abort', () => void machine.close(), { once: true })
    try {
      say(`Worker ${name} takes cells from ${collector.connection.getServer()}; Ctrl+C ends it.`)
      const compute = machine.compute.bind(machine)
      await work({ collector, name, models: machine.models, compute, signal, say })
    } finally {
      await collector.close()
      await machine.close()
    }
    throw new InterruptedError(`Worker ${name} has ended; start it again to take further cells`)
  })
}
