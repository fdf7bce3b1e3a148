import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { deferred } from '@nats-io/nats-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { InterruptedError } from '../errors.ts'
import { type NatsServer, startNats } from '../nats/server.ts'
import { startProxy } from '../nats/testing/proxy.ts'
import { sha256 } from '../write-model.ts'
import { type Cell, type CellOutcome, cellId } from './cell.ts'
import { Collector } from './collector.ts'
import { CollectorRunner } from './collector-runner.ts'
import { ModelFolder } from './model-folder.ts'
import { squareCell, squareOutcome, VERSION } from './testing/made-up-cells.ts'
import { work } from './worker.ts'

let folder = ''
let server: NatsServer
/** What to end after a test, last one first. */
let endings: (() => Promise<unknown>)[] = []
const said: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jumppad-queue-'))
  endings = [() => rm(folder, { recursive: true })]
  server = await startNats({ dir: join(folder, 'nats') })
  endings.push(() => server.stop())
  said.length = 0
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
})

afterEach(async () => {
  for (const end of endings.reverse()) await end()
  vi.restoreAllMocks()
})

interface Opening {
  readonly version?: Cell['version']
  readonly patience?: number
  readonly url?: string
}

async function open({ version = VERSION, patience = 30_000, url = server.url }: Opening = {}) {
  const controller = new AbortController()
  const { signal } = controller
  const collector = await Collector.open({ url, version, signal, patience })
  return { controller, signal, collector }
}

async function asker(opening: Opening = {}) {
  const { controller, signal, collector } = await open(opening)
  const runner = new CollectorRunner({
    collector,
    sweep: 'test',
    title: 'Cells',
    threads: 1,
    signal,
  })
  endings.push(() => runner.close())
  return { runner, collector, interrupt: () => controller.abort() }
}

/** Starts a worker; the cells it was given are listed in `taken`. */
async function worker(
  name: string,
  compute: (cell: Cell) => CellOutcome | Promise<CellOutcome> = squareOutcome,
  opening: Opening = {},
) {
  const { controller, signal, collector } = await open(opening)
  const taken: string[] = []
  const lines: string[] = []
  const working = work({
    ...{ collector, name, signal, models: new ModelFolder(join(folder, name)) },
    compute: async (cell) => {
      taken.push(cell.title)
      return compute(cell)
    },
    say: (text) => lines.push(text),
  })
  const end = async () => {
    controller.abort()
    await working
    await collector.close()
  }
  endings.push(end)
  return { taken, lines, end }
}

const never = () => new Promise<CellOutcome>(() => undefined)
const values = (outcomes: readonly CellOutcome[]) => outcomes.map(({ value }) => value)
const cells = [1, 2, 3, 4, 5, 6].map((number) => squareCell(number))
const squares = cells.map((cell) => squareOutcome(cell).value)

describe('a queue of cells', () => {
  it('has every cell computed once, even if several ask for it, also later', async () => {
    const [first, second] = [await asker(), await asker()]
    const workers = [await worker('one'), await worker('two')]
    const asked = [first, second].map(({ runner }) =>
      Promise.all([...cells, ...cells].map((cell) => runner.run(cell))),
    )
    for (const outcomes of await Promise.all(asked)) {
      expect(values(outcomes)).toEqual([...squares, ...squares])
    }
    const third = await asker()
    expect(values(await Promise.all(cells.map((cell) => third.runner.run(cell))))).toEqual(squares)
    expect(workers.flatMap(({ taken }) => taken).sort()).toEqual(cells.map(({ title }) => title))
    expect(third.runner.seconds).toBe(6)
  })

  it('has a cell on the queue once, and never computes one that has a result', async () => {
    const { runner, collector } = await asker()
    const post = (cell: Cell) => collector.post(cellId(cell), { format: 1, sweep: 'test', cell })
    await post(squareCell(1))
    await post(squareCell(1))
    await post(squareCell(2))
    // Both workers take a cell before either computes.
    const barrier = deferred<void>()
    const taken: string[] = []
    const compute = async (cell: Cell) => {
      taken.push(cell.title)
      if (taken.length === 2) barrier.resolve()
      await barrier
      return squareOutcome(cell)
    }
    await worker('one', compute)
    await worker('two', compute)
    await runner.run(squareCell(2))
    await runner.run(squareCell(1))
    expect(taken.sort()).toEqual(['square of 1', 'square of 2'])
    // As if the acknowledgement of a finished cell had been lost.
    await post(squareCell(1))
    await runner.run(squareCell(3))
    expect(taken).toEqual(['square of 1', 'square of 2', 'square of 3'])
  })

  it('fetches results that came while the connection was down', async () => {
    const proxy = await startProxy(server.url)
    endings.push(async () => proxy.close())
    const { runner } = await asker({ url: proxy.url })
    const held = deferred<CellOutcome>()
    const { taken, lines } = await worker('one', () => held)
    const outcome = runner.run(squareCell(8))
    await vi.waitFor(() => expect(taken).toHaveLength(1), 20_000)
    proxy.cut()
    held.resolve(squareOutcome(squareCell(8)))
    await vi.waitFor(() => expect(lines).toContain('square of 8: done after 1 s'), 20_000)
    proxy.restore()
    expect((await outcome).value).toEqual({ square: 64 })
  })

  it('reports a failed cell once, and tries it again only for who asks again', async () => {
    const { runner } = await asker()
    const failing = await worker('one', (cell) => {
      if (cell.title.endsWith('3')) throw new Error('Division\nby \u001b[31mzero')
      return squareOutcome(cell)
    })
    const found = await Promise.allSettled(cells.map((cell) => runner.run(cell)))
    expect(found.map(({ status }) => status === 'fulfilled')).toEqual(
      cells.map((_, index) => index !== 2),
    )
    await expect(runner.run(squareCell(3))).rejects.toThrow(
      'The cell "square of 3" failed on worker one: Division by [31mzero; run the command again',
    )
    expect(failing.taken).toHaveLength(6)
    await failing.end()
    const working = await worker('two')
    const again = await asker()
    expect((await again.runner.run(squareCell(3))).value).toEqual({ square: 9 })
    expect(working.taken).toEqual(['square of 3'])
  })

  it('leaves cells of other code to others, and says so on both sides', async () => {
    const { runner } = await asker()
    const version = { ...VERSION, node: 22, architecture: 'arm64' }
    const other = await worker('other', squareOutcome, { version })
    const outcome = runner.run(squareCell(4))
    const sentence =
      'it has version 1.2.3, world 2, code 0123456789abcdef, Node 22 on arm64, and they need version 1.2.3, world 2, code 0123456789abcdef, Node 20 on x64'
    await vi.waitFor(() => {
      expect(other.lines.join()).toContain('Cells left to other workers: 1,')
      expect(other.lines.join()).toContain(sentence)
      expect(said.join('')).toContain(`Worker other takes none of these cells: ${sentence}`)
    }, 20_000)
    await worker('same')
    expect((await outcome).value).toEqual({ square: 16 })
    expect(other.taken).toEqual([])
    // A cell that names other code than the queue that it is on.
    const { collector } = await asker()
    const misplaced = squareCell(4, version)
    await collector.post(cellId(misplaced), { format: 1, sweep: 'test', cell: misplaced })
    await vi.waitFor(async () => {
      expect(await collector.result(cellId(misplaced))).toMatchObject({
        problem: expect.stringContaining(
          'it needs version 1.2.3, world 2, code 0123456789abcdef, Node 22 on arm64',
        ),
      })
    }, 20_000)
  })

  it('gives a cell to another worker at once when one is interrupted', async () => {
    // Far longer than the test: only handing back gives the cell to the other worker.
    const patience = 3_600_000
    const { runner } = await asker({ patience })
    const first = await worker('first', never)
    const outcome = runner.run(squareCell(5))
    await vi.waitFor(() => expect(first.taken).toEqual(['square of 5']), 20_000)
    await first.end()
    expect(first.lines).toContain('square of 5: handed back')
    const second = await worker('second')
    expect((await outcome).value).toEqual({ square: 25 })
    expect(second.taken).toEqual(['square of 5'])
  })

  it('keeps a cell with its worker while that computes, even in stretches that block it', async () => {
    const patience = 1000
    const { runner } = await asker({ patience })
    const workers = await Promise.all(
      ['one', 'two'].map((name) =>
        worker(name, async (cell) => {
          const end = performance.now() + 3 * patience
          while (performance.now() < end) {
            const pause = performance.now() + patience / 5
            while (performance.now() < pause);
            await setImmediate()
          }
          return squareOutcome(cell)
        }),
      ),
    )
    await runner.run(squareCell(6))
    expect(workers.flatMap(({ taken }) => taken)).toEqual(['square of 6'])
  })

  it('loses nothing when the server is killed and starts again', async () => {
    const { runner } = await asker()
    const held = deferred<CellOutcome>()
    const busy = await worker('busy', (cell) =>
      cell.title.endsWith('1') ? held : squareOutcome(cell),
    )
    const first = runner.run(squareCell(1))
    const queued = [2, 3].map((number) => runner.run(squareCell(number)))
    await vi.waitFor(() => expect(busy.taken).toEqual(['square of 1']), 20_000)

    await server.kill()
    const whileAway = runner.run(squareCell(4))
    held.resolve(squareOutcome(squareCell(1)))
    server = await startNats({ dir: join(folder, 'nats'), port: Number(new URL(server.url).port) })

    expect(values(await Promise.all([first, ...queued, whileAway]))).toEqual(squares.slice(0, 4))
    expect([...busy.taken].sort()).toEqual([1, 2, 3, 4].map((number) => `square of ${number}`))
  })

  it('brings the model that one machine has made to another', async () => {
    const { runner } = await asker()
    const bytes = new Uint8Array(200_000).fill(3)
    const maker = await worker('maker', async (cell) => ({
      ...squareOutcome(cell),
      models: { made: await new ModelFolder(join(folder, 'maker')).add(bytes) },
    }))
    const { models } = await runner.run(squareCell(1))
    await maker.end()
    const read: Uint8Array[] = []
    await worker('reader', async (cell) => {
      read.push(await new ModelFolder(join(folder, 'reader')).read(cell.inputs.agent ?? ''))
      return squareOutcome(cell)
    })
    await runner.run({ ...squareCell(2), inputs: { agent: models.made ?? '' } })
    expect(read).toEqual([bytes])
  })

  it('gives up on a cell that no worker survives, but not on one that is handed back', async () => {
    const { runner, collector } = await asker({ patience: 3_600_000 })
    const outcome = runner.run(squareCell(2)).catch((error: unknown) => String(error))
    const patient = await worker('patient', never)
    await vi.waitFor(() => expect(patient.taken).toHaveLength(1), 20_000)
    await patient.end()
    expect(await collector.tries(cellId(squareCell(2)))).toMatchObject({ returned: 1 })
    // As if the worker of each delivery had died.
    const queue = await collector.queue()
    for (let round = 0; round < 9; round++) (await queue.next({ expires: 20_000 }))?.nak()
    const tenth = await worker('tenth', never)
    await vi.waitFor(() => expect(tenth.taken).toHaveLength(1), 20_000)
    await tenth.end()
    ;(await queue.next({ expires: 20_000 }))?.nak()
    const last = await worker('last', never)
    expect(await outcome).toMatch(/failed on worker last: it was handed out 10 times without/)
    expect(last.taken).toEqual([])
  })

  it('has a cell that fails on one machine computed by another', async () => {
    const { runner } = await asker()
    const full = await worker('full', () => {
      throw new Error('no space left on device')
    })
    const held = deferred<void>()
    const busy = await worker('busy', async (cell) => {
      await held
      return squareOutcome(cell)
    })
    const asked = [1, 2].map((number) => runner.run(squareCell(number)))
    await vi.waitFor(() => {
      expect(busy.taken).toHaveLength(1)
      expect(full.lines.join()).toContain('failed: no space left on device')
    }, 20_000)
    held.resolve()
    expect(values(await Promise.all(asked))).toEqual(squares.slice(0, 2))
    expect(new Set(full.taken).size).toBe(full.taken.length)
  })

  it('counts a cell as failed that three workers could not compute', async () => {
    const { runner } = await asker()
    const fail = (name: string) =>
      worker(name, () => {
        throw new Error('division by zero')
      })
    const workers = [await fail('a'), await fail('b'), await fail('c'), await fail('d')]
    await expect(runner.run(squareCell(1))).rejects.toThrow(
      /failed on worker [a-d]: division by zero \(it failed before on [a-d], [a-d]\)/,
    )
    expect(workers.flatMap(({ taken }) => taken)).toHaveLength(3)
  })

  it('posts a cell again that the collector has lost', async () => {
    const { runner, collector } = await asker()
    const outcome = runner.run(squareCell(7))
    await vi.waitFor(async () => expect((await collector.queuedIds()).size).toBe(1), 20_000)
    const manager = await jetstreamManager(collector.connection)
    await manager.streams.purge('JUMPPAD_CELLS')
    await vi.waitFor(async () => expect((await collector.queuedIds()).size).toBe(1), 20_000)
    await worker('one')
    expect((await outcome).value).toEqual({ square: 49 })
  })

  it('says why the collector takes no cell, unless it has it already', async () => {
    const { runner, collector } = await asker()
    const manager = await jetstreamManager(collector.connection)
    await manager.streams.update('JUMPPAD_CELLS', { max_bytes: 1000 })
    const long = { ...squareCell(1), title: 'x'.repeat(1900) }
    await expect(runner.run(long)).rejects.toThrow(
      'The collector cannot store a cell (maximum bytes exceeded): make room on its disk',
    )
  })

  it('says why a request to the collector fails, and gives the cell back after a pause', async () => {
    const { runner } = await asker()
    const { controller, signal, collector } = await open()
    const refused = vi.spyOn(collector, 'result').mockRejectedValue(new Error('no permission'))
    const lines: string[] = []
    const working = work({
      ...{ collector, name: 'one', signal, models: new ModelFolder(join(folder, 'one')) },
      compute: async (cell) => squareOutcome(cell),
      say: (text) => lines.push(text),
    })
    endings.push(async () => {
      controller.abort()
      await working
      await collector.close()
    })
    const outcome = runner.run(squareCell(3))
    await vi.waitFor(() => {
      expect(lines.join()).toContain('a request to the collector failed: no permission')
    }, 20_000)
    // Without a pause, the cell would be here again many times by now.
    expect(refused.mock.calls.length).toBe(1)
    refused.mockRestore()
    expect((await outcome).value).toEqual({ square: 9 })
  })

  it('keeps the cells on the queue when whoever asked is interrupted', async () => {
    const { runner, interrupt } = await asker()
    const asked = cells.map((cell) => runner.run(cell))
    const failures = Promise.allSettled(asked)
    const { collector } = await asker()
    await vi.waitFor(() => expect(said.join('')).toContain('Cells wait for workers'), 20_000)
    interrupt()
    for (const failure of await failures) {
      expect(failure).toMatchObject({ reason: expect.any(InterruptedError) })
      expect(failure).toMatchObject({
        reason: { message: expect.stringContaining('the remaining cells (6) stay on the queue') },
      })
    }
    const { taken } = await worker('late')
    await vi.waitFor(() => expect(taken).toHaveLength(6), 20_000)
    await vi.waitFor(async () => {
      expect(await collector.queueState()).toMatchObject({ running: 0 })
    }, 20_000)
    const later = await asker()
    expect(values(await Promise.all(cells.map((cell) => later.runner.run(cell))))).toEqual(squares)
    expect(taken).toHaveLength(6)
  })
})

it('verifies the digest of a model that it receives', async () => {
  const { collector } = await open()
  endings.push(() => collector.close())
  const bytes = new Uint8Array(300_000).fill(7)
  const digest = sha256(bytes)
  await collector.models.write(digest, bytes)
  expect(await collector.models.read(digest)).toEqual(bytes)
  const other = sha256(Uint8Array.of(1))
  await collector.models.write(other, bytes)
  await expect(collector.models.read(other)).rejects.toThrow(
    `The collector has a model with the digest ${digest} in place of ${other}`,
  )
  await expect(collector.models.read('0'.repeat(64))).rejects.toThrow('has no model')
})
