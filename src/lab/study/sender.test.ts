import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { madeUpTime } from '../../alignment/labels/testing/made-up-labels.ts'
import { AwayError, type Publisher, RefusedError } from '../../collector/publisher.ts'
import { changeSitting, LabDatabase, readSittings } from '../../storage/index.ts'
import type { LabellerMessage } from '../../study/message.ts'
import { labellerMessageSchema } from '../../study/message.ts'
import { madeUpPreparedStudy } from '../../study/testing/made-up-study.ts'
import { Sender, type SendingState } from './sender.ts'
import { finished, withdrawn } from './sitting.ts'
import { beginSitting, commitAnswers, commitCorrection } from './testing/made-up-sitting.ts'

const study = madeUpPreparedStudy()

/** What happens to a message: stored, or lost on the way there or back, or the browser crashes after it. */
type Fate = 'stored' | 'lost' | 'stored, answer lost' | 'stored, then crash'

let names = 0
const open: LabDatabase[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
})

/** Opens a browser with a sitting that has begun, and a collector that has received nothing. */
async function browser() {
  const name = `sender ${names++}`
  const database = new LabDatabase({ name })
  open.push(database)
  const sitting = await beginSitting(database, study)
  const stream: LabellerMessage[] = []
  /** Fates of the next messages; afterwards all are stored. */
  const fates: Fate[] = []
  const waits: number[] = []
  const states: SendingState[] = []
  let refusal: Error | undefined
  let connections = 0
  let crashed = (): void => undefined
  let during: { readonly id: string | undefined; run(): Promise<void> } | undefined
  const publisher: Publisher = {
    publish: async (message) => {
      if (refusal) throw refusal
      const fate = fates.shift() ?? 'stored'
      if (fate !== 'lost') stream.push(labellerMessageSchema.parse(message))
      if (during?.id === message.id) {
        const { run } = during
        during = undefined
        await run()
      }
      if (fate === 'stored, then crash') {
        crashed()
        return new Promise(() => undefined)
      }
      if (fate !== 'stored') throw new AwayError('The collector cannot be reached.')
    },
    close: async () => undefined,
  }
  /** Opens the page: what was sent before is known from the database alone. */
  const page = () => {
    const sender = new Sender({
      ...{ database, sitting: sitting.id },
      connect: async () => {
        connections++
        if (refusal) throw refusal
        return publisher
      },
      wait: async (milliseconds) => void waits.push(milliseconds),
      onState: (state) => states.push(state),
    })
    const crash = new Promise<void>((resolve) => {
      crashed = resolve
    })
    return { sender, crash }
  }
  return {
    ...{ name, database, sitting, stream, fates, waits, page },
    /** Runs something once, after a message is stored and before that is acknowledged. */
    whilePublishing: (id: string | undefined, run: () => Promise<void>) => {
      during = { id, run }
    },
    state: () => states.at(-1),
    refuse: (error: Error | undefined) => {
      refusal = error
    },
    connections: () => connections,
    sent: async () => (await readSittings(database)).records[0]?.sent,
  }
}

/** Resolves once nothing is left to be sent. */
async function sentAll({ state }: Awaited<ReturnType<typeof browser>>): Promise<void> {
  await expect
    .poll(() => state(), { interval: 5 })
    .toMatchObject({ waiting: 0, problem: undefined })
}

/** Resolves once the browser has deleted a database. */
function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id)

describe('the sender', () => {
  it('sends the beginning, then labels in commit order, then the end, each once', async () => {
    const tab = await browser()
    const { database, sitting, stream } = tab
    const { sender } = tab.page()
    const labels = await commitAnswers(database, sitting, study, [0, 3])
    sender.wake()
    await sentAll(tab)
    expect(tab.state()?.sent).toBe(3)
    const correction = await commitCorrection(database, sitting, study, 1)
    sender.wake()
    await expect.poll(() => stream).toHaveLength(5)
    await changeSitting(database, sitting.id, (each) =>
      finished(each, madeUpTime(900), 'all answered'),
    )
    sender.wake()
    await expect.poll(() => tab.sent()).toMatchObject({ begun: true, ended: true })
    expect(idsOf(stream)).toEqual([
      `${sitting.id} begun`,
      ...labels.map(({ id }) => id),
      correction.id,
      `${sitting.id} finished`,
    ])
    expect(tab.state()).toMatchObject({ sent: 3, waiting: 0, ended: 'finished' })
    // A page that is opened later finds nothing to send, and does not even connect.
    const later = tab.page().sender
    later.wake()
    await sentAll(tab)
    expect(tab.state()?.sent).toBe(3)
    await Promise.all([sender.stop(), later.stop()])
    expect(stream).toHaveLength(6)
    expect(tab.connections()).toBe(1)
  })

  it('loses nothing and stores every message under one id, whatever is lost on the way and wherever it crashes', async () => {
    const fate = fc.constantFrom<Fate>(
      'stored',
      'lost',
      'stored, answer lost',
      'stored, then crash',
    )
    const run = fc.record({
      fates: fc.array(fate, { maxLength: 12 }),
      /** Numbers of answers committed between two visits. */
      visits: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(run, async ({ fates, visits }) => {
        const tab = await browser()
        tab.fates.push(...fates)
        const expected = [`${tab.sitting.id} begun`]
        let answered = 0
        for (const count of visits) {
          const { sender, crash } = tab.page()
          const range = [answered, Math.min(12, answered + count)] as const
          expected.push(...idsOf(await commitAnswers(tab.database, tab.sitting, study, range)))
          answered = range[1]
          sender.wake()
          await Promise.race([crash, sentAll(tab)])
        }
        tab.fates.length = 0
        const { sender } = tab.page()
        sender.wake()
        await expect.poll(() => tab.state()?.sent).toBe(answered)
        await sentAll(tab)
        expect([...new Set(idsOf(tab.stream))]).toEqual(expected)
        await sender.stop()
      }),
      { numRuns: 25 },
    )
  })

  it('waits longer and longer while the collector is away, and tries at once when asked to', async () => {
    const tab = await browser()
    const { sender } = tab.page()
    tab.fates.push(...Array.from({ length: 8 }, () => 'lost' as const))
    sender.wake()
    await sentAll(tab)
    expect(tab.waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    await sender.stop()
  })

  it('makes a new connection after each failure, since a dead one may never report its end', async () => {
    const tab = await browser()
    const { sender } = tab.page()
    tab.fates.push('lost', 'stored, answer lost')
    sender.wake()
    await sentAll(tab)
    expect(tab.connections()).toBe(3)
    await sender.stop()
  })

  it('stops at a refusal with its sentence, keeps everything, and continues when asked to', async () => {
    const tab = await browser()
    const { sender } = tab.page()
    await commitAnswers(tab.database, tab.sitting, study, [0, 2])
    tab.refuse(new RefusedError('expired', 'The invitation has expired.'))
    sender.wake()
    await expect
      .poll(() => tab.state()?.problem)
      .toEqual({
        kind: 'refused',
        sentence: 'The invitation has expired.',
      })
    const asked = tab.connections()
    sender.wake()
    expect(tab.connections()).toBe(asked)
    expect(tab.waits).toEqual([])
    expect(await tab.sent()).toEqual({ begun: false, upTo: 0, ended: false })
    tab.refuse(undefined)
    sender.retry()
    await sentAll(tab)
    expect(tab.state()?.sent).toBe(2)
    await sender.stop()
  })

  it('counts nothing as sent by keys of a log that was cleared meanwhile', async () => {
    const tab = await browser()
    const { database, sitting, stream, name } = tab
    const labels = await commitAnswers(database, sitting, study, [0, 4])
    tab.whilePublishing(labels[2]?.id, async () => {
      await deleted(name)
      await beginSitting(database, study)
      // An answer given meanwhile gets the first key of the new log, those before it the next ones.
      await commitAnswers(database, sitting, study, [4, 5])
      await commitAnswers(database, sitting, study, [0, 4])
      stream.length = 0
    })
    const { sender } = tab.page()
    sender.wake()
    await expect.poll(() => tab.state()?.sent).toBe(5)
    await sentAll(tab)
    expect(new Set(idsOf(stream)).size).toBe(6)
    await sender.stop()
  })

  it('sends a withdrawal and no answers after it, even where the end was sent before', async () => {
    const tab = await browser()
    const { database, sitting, stream } = tab
    await commitAnswers(database, sitting, study, [0, 1])
    await changeSitting(database, sitting.id, (each) =>
      finished(each, madeUpTime(900), 'all answered'),
    )
    const first = tab.page().sender
    first.wake()
    await expect.poll(() => tab.sent()).toMatchObject({ ended: true })
    await first.stop()
    await commitAnswers(database, sitting, study, [1, 2])
    await changeSitting(database, sitting.id, (each) => withdrawn(each, madeUpTime(1000)))
    const { sender } = tab.page()
    sender.wake()
    await expect.poll(() => idsOf(stream).at(-1)).toBe(`${sitting.id} withdrawn`)
    await expect.poll(() => tab.sent()).toMatchObject({ ended: true })
    expect(stream.filter(({ kind }) => kind === 'label')).toHaveLength(1)
    await sender.stop()
  })
})
