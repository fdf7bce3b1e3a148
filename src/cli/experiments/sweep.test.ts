import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { readSweepStatus, type SweepStatus, sweepStatusSubject } from '../../procedure/index.ts'
import type { CodeVersion } from '../cells/cell.ts'
import { codeVersion } from '../cells/code-version.ts'
import { Collector } from '../cells/collector.ts'
import { CollectorRunner } from '../cells/collector-runner.ts'
import { LocalRunner } from '../cells/local-runner.ts'
import { CellMachine } from '../cells/machine.ts'
import { ModelFolder } from '../cells/model-folder.ts'
import type { CellRunner } from '../cells/runner.ts'
import { type NatsServer, startNats } from '../nats/server.ts'
import { KINDS } from './kinds.ts'
import { rewardParametersSchema } from './reward-cell.ts'
import { withRunner } from './runners.ts'
import { countsOf, type SweepPlan, sweep } from './sweep.ts'

/** Every path through a sweep, with the smallest network: six trials and four runs. */
const PLAN: SweepPlan = {
  agent: 'models/nano.onnx',
  counts: [{ comparisons: 20, seeds: [1] }],
  rates: { trained: [1e-3, 3e-3], frozen: [1e-2] },
  clips: 12,
  heldOut: { clips: 20, comparisons: 60 },
  recipe: { steps: 4, warmup: 1 },
}

const THREADS = 1

/** Time until a killed worker's cell goes to another, milliseconds. */
const PATIENCE = 2000

let folder = ''
let server: NatsServer
let version: CodeVersion
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jumppad-sweep-'))
  server = await startNats({ dir: join(folder, 'nats') })
  version = await codeVersion()
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})

afterAll(async () => {
  vi.restoreAllMocks()
  await Promise.all(children.map((child) => ended(child, 'SIGTERM')))
  await server.stop()
  await rm(folder, { recursive: true })
})

async function resultOf(runner: CellRunner): Promise<string> {
  const yielded = []
  try {
    for await (const found of sweep(runner, PLAN)) yielded.push(found)
  } finally {
    await runner.close()
  }
  return JSON.stringify(yielded)
}

function localRunner(): LocalRunner {
  const work = join(folder, 'alone')
  const machine = new CellMachine(work, new ModelFolder(join(work, 'models')), KINDS)
  return new LocalRunner(machine, THREADS, version)
}

function startWorker(name: string): ChildProcess {
  const words = ['worker', server.url, '--name', name, '--work', join(folder, name)]
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...words], {
    stdio: 'ignore',
  })
  children.push(child)
  return child
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  const end = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  return end
}

/** Resolves to a worker's first status message of a state. */
function firstStatus(
  { connection }: Collector,
  name: string,
  state: SweepStatus['state'],
): Promise<SweepStatus> {
  return new Promise((resolve) => {
    connection.subscribe(sweepStatusSubject('*', name), {
      callback: (_, message) => {
        const status = readSweepStatus(message.string())
        if (status?.state === state) resolve(status)
      },
    })
  })
}

it('gives the bytes of one machine alone, though a worker is killed in the middle of a cell', async () => {
  const alone = await resultOf(localRunner())
  expect(alone).toContain('"trials"')

  const { signal } = new AbortController()
  const collector = await Collector.open({ url: server.url, version, signal, patience: PATIENCE })
  const sweepName = 'killed'
  const many = resultOf(
    new CollectorRunner({ collector, sweep: sweepName, title: 'Cells', threads: THREADS, signal }),
  )
  const observer = await Collector.open({ url: server.url, version, signal })
  const taken = firstStatus(observer, 'victim', 'running')
  const victim = startWorker('victim')
  const { cell, title } = await taken
  await ended(victim, 'SIGKILL')
  expect(victim.signalCode).toBe('SIGKILL')
  // It was in the middle: nobody has a result of the cell.
  expect(await observer.result(cell)).toBeUndefined()

  const survivor = startWorker('survivor')
  expect(await many).toBe(alone)
  expect(await observer.result(cell)).toMatchObject({ state: 'done', worker: 'survivor' })
  expect(title).toMatch(/^sweep /)
  // Handing back and ending take no longer than one step of a cell.
  await ended(survivor, 'SIGINT')
  expect(survivor.exitCode).toBe(130)
  await observer.close()
}, 600_000)

it('computes no cell again that this machine has computed', async () => {
  const first = await resultOf(localRunner())
  const broken = new CellMachine(join(folder, 'alone'), new ModelFolder(join(folder, 'none')), [])
  expect(await resultOf(new LocalRunner(broken, THREADS, version))).toBe(first)
  // Another number of threads is another cell.
  await expect(resultOf(new LocalRunner(broken, THREADS + 1, version))).rejects.toThrow(
    'There is no kind of cell named "reward"',
  )
})

it('closes its connection where the page cannot be served, so that the process can end', async () => {
  const close = vi.spyOn(CollectorRunner.prototype, 'close')
  const options = { work: folder, threads: THREADS, collector: server.url, page: 4180 }
  const serve = () => Promise.reject(new Error('the port is taken'))
  const run = vi.fn(async () => undefined)
  await expect(withRunner('unserved', options, run, serve)).rejects.toThrow('the port is taken')
  expect(run).not.toHaveBeenCalled()
  expect(close).toHaveBeenCalledOnce()
  close.mockRestore()
})

it('can be limited to numbers of comparisons and seeds that it has, and to no others', () => {
  const all = [
    { comparisons: 20, seeds: [1, 2, 3] },
    { comparisons: 40, seeds: [1] },
  ]
  expect(countsOf(all, {})).toEqual(all)
  expect(countsOf(all, { seeds: [1] })).toEqual([
    { comparisons: 20, seeds: [1] },
    { comparisons: 40, seeds: [1] },
  ])
  expect(countsOf(all, { comparisons: [20], seeds: [3, 2] })).toEqual([
    { comparisons: 20, seeds: [2, 3] },
  ])
  const known = 'expected some of 20 (seeds 1, 2, 3), 40 (seeds 1); choose with'
  expect(() => countsOf(all, { comparisons: [20, 30] })).toThrow(known)
  // Nothing would be made of the second number, or of the second seed.
  expect(() => countsOf(all, { seeds: [2] })).toThrow(known)
  expect(() => countsOf(all, { comparisons: [20], seeds: [1, 4] })).toThrow(known)
})

it('runs each number of comparisons with its own seeds, and repeats no trial that was made', async () => {
  const asked: string[] = []
  const fake: CellRunner = {
    ...{ atOnce: 2, threads: 1, version, seconds: 0 },
    provide: async () => '',
    close: async () => undefined,
    run: async ({ parameters }) => {
      const { encoder, comparisons, seed, recipe } = rewardParametersSchema.parse(parameters)
      asked.push(`${encoder} ${recipe.trunk} ${comparisons} ${recipe.peakRate} seed ${seed}`)
      const ratio = { accuracy: 0.8, comparisons: 60 }
      const value = { validation: 0.8, test: ratio, equalLength: ratio }
      return { value, models: {}, seconds: 2, trainingSeconds: 1, processor: 'abacus' }
    },
  }
  const counts = [
    { comparisons: 20, seeds: [1, 2] },
    { comparisons: 40, seeds: [1] },
  ]
  const variant = { encoder: 'agent', trunk: 'trained', comparisons: 40 } as const
  const tried = [1e-3, 3e-3].map((rate) => ({ ...variant, rate, accuracy: 300 * rate }))
  const yielded: number[] = []
  for await (const { runs, trials } of sweep(fake, { ...PLAN, counts, tried })) {
    yielded.push(runs.length)
    expect(trials).toHaveLength(12)
    expect(trials).toEqual(expect.arrayContaining(tried))
  }
  expect(yielded).toEqual([8, 12])
  expect(asked).toHaveLength(10 + 12)
  expect(asked.filter((cell) => cell.startsWith('agent trained 40'))).toEqual([
    'agent trained 40 0.003 seed 1',
  ])
  expect(asked.filter((cell) => cell.endsWith('seed 2'))).toHaveLength(4)
})
