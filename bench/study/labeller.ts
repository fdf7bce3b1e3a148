/** Simulated labeller: commits answers to a database as the page does, and sends them with its sender. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clip, LABEL_VERSION, type Label } from '../../src/alignment/labels/index.ts'
import type { Invitation } from '../../src/collector/invitation.ts'
import { openPublisher } from '../../src/collector/nats-publisher.ts'
import type { RandomStream } from '../../src/island/index.ts'
import { Sender } from '../../src/lab/study/sender.ts'
import { begun, finished, newSitting, sessionOf } from '../../src/lab/study/sitting.ts'
import {
  changeSitting,
  LabDatabase,
  readSittings,
  type Sitting,
  saveLabel,
  saveSession,
  saveSitting,
} from '../../src/storage/index.ts'
import { type AssignedPair, type PreparedStudy, scheduleOf } from '../../src/study/index.ts'
import { Network } from './network.ts'

/** Time that an answer takes, and that a browser is offline, in milliseconds. */
const ANSWERING = [200, 1800] as const
const OFFLINE = [500, 5000] as const
/** Shares of the answers before which the browser goes offline, or the page is reloaded. */
const GOES_OFFLINE = 0.05
const RELOADS = 0.03

/** What is measured about all labellers. */
export interface Measured {
  /** Milliseconds from the first attempt to publish a message to its acknowledgement. */
  readonly latencies: number[]
  /** Ids of the labels that count as sent, by labeller. */
  readonly sent: Map<number, Set<string>>
  offline: number
  reloads: number
  reconnects: number
}

export interface LabellerWork {
  readonly study: PreparedStudy
  readonly clips: ReadonlyMap<string, Clip>
  readonly invitation: Invitation
  readonly address: string
  readonly random: RandomStream
  readonly measured: Measured
}

export class Labeller {
  readonly #work: LabellerWork
  readonly #database: LabDatabase
  readonly #network = new Network()
  readonly #firstAttempts = new Map<string, number>()
  #sender: Sender

  constructor(work: LabellerWork) {
    this.#work = work
    this.#database = new LabDatabase({ name: `labeller ${work.invitation.labeller}` })
    this.#sender = this.#newSender('')
  }

  /** Answers all pairs. Resolves once the collector has acknowledged everything. */
  async run(): Promise<void> {
    const { study, invitation, random, measured } = this.#work
    const opened = newSitting(randomUUID(), invitation, study, {}, now())
    const sitting = begun(opened, now())
    await saveSession(this.#database, sessionOf(sitting, now(), 'bench'))
    await saveSitting(this.#database, sitting)
    this.#sender = this.#newSender(sitting.id)
    for (const pair of scheduleOf(study, invitation.slot)) {
      await pause(random.range(...ANSWERING))
      if (random.chance(GOES_OFFLINE)) void this.#goOffline(random.range(...OFFLINE))
      if (random.chance(RELOADS)) await this.#reload(sitting.id)
      await this.#answer(sitting, pair)
      this.#sender.wake()
    }
    await changeSitting(this.#database, sitting.id, (each) => finished(each, now(), 'all answered'))
    while (!(await this.#isDone())) {
      this.#sender.wake()
      await pause(100)
    }
    await this.#sender.stop()
    measured.reconnects += this.#network.connections - 1
    await this.#database.close()
  }

  async #answer(sitting: Sitting, pair: AssignedPair): Promise<void> {
    const { clips, random } = this.#work
    const session = sessionOf(sitting, sitting.begunAt ?? now(), 'bench')
    const label: Label = {
      ...pair,
      ...{ id: randomUUID(), version: LABEL_VERSION, session: session.id },
      ...{ verdict: random.chance(0.5) ? 'first' : 'second', responseMs: 1000, replays: 0 },
      ...{ question: session.question, labeller: session.labeller, createdAt: now() },
      ...{ worldVersion: session.worldVersion, appVersion: session.appVersion },
    }
    const [first, second] = [clips.get(pair.first), clips.get(pair.second)]
    if (!first || !second) throw new Error('A pair has no clips')
    await saveLabel(this.#database, { label, session, clips: [first, second] })
  }

  async #goOffline(ms: number): Promise<void> {
    this.#work.measured.offline++
    this.#network.goOffline()
    await pause(ms)
    this.#network.goOnline()
    // As the page does when the browser says that it is online.
    this.#sender.retry()
  }

  /** Starts over with what is in the database, as a page does that is loaded again. */
  async #reload(sitting: string): Promise<void> {
    this.#work.measured.reloads++
    await this.#sender.stop()
    this.#sender = this.#newSender(sitting)
  }

  #newSender(sitting: string): Sender {
    const { invitation, address, measured } = this.#work
    const { labeller, collector, study } = invitation
    if (!collector) throw new Error('The invitation has no collector')
    const sent = measured.sent.get(labeller) ?? new Set()
    measured.sent.set(labeller, sent)
    return new Sender({
      ...{ database: this.#database, sitting },
      connect: async () => {
        const dial = this.#network.dial(address)
        const publisher = await openPublisher(collector, { study: study.id, labeller }, dial)
        return {
          publish: async (message) => {
            const since = this.#firstAttempts.get(message.id) ?? performance.now()
            this.#firstAttempts.set(message.id, since)
            await publisher.publish(message)
            measured.latencies.push(performance.now() - since)
            if (message.kind === 'label') sent.add(message.id)
          },
          close: () => publisher.close(),
        }
      },
      wait: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
      onState: ({ problem }) => {
        if (problem?.kind === 'refused') throw new Error(problem.sentence)
      },
    })
  }

  async #isDone(): Promise<boolean> {
    const { records } = await readSittings(this.#database)
    return records[0]?.sent.ended === true
  }
}

function now(): string {
  return new Date().toISOString()
}
