/** Connection of the open study to its collector, where it has one. */

import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { AwayError, type StudyReader } from '../../collector/publisher.ts'
import { gather, newId, readGathered, type StudyEntry } from '../../storage/index.ts'
import {
  canonicalStudy,
  isOfResearcher,
  lastDecisionTime,
  MESSAGE_VERSION,
  type ResearcherMessage,
  type StudyMessage,
} from '../../study/index.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import { readers } from './readers.ts'
import { tellProblem } from './store.ts'

interface CollectorState {
  /** Connection: `connecting` until everything stored was read. */
  readonly state: 'none' | 'connecting' | 'live' | 'away' | 'refused'
  /** Why the collector is away or refuses the access, as a sentence. */
  readonly reason: string | undefined
  /** Number of stored messages that do not belong to this study. */
  readonly refused: number
  /** Number of decisions that the collector has not stored yet. */
  readonly unsent: number
}

const NONE: CollectorState = { state: 'none', reason: undefined, refused: 0, unsent: 0 }

export const useCollectorState = create<CollectorState>(() => NONE)

let connected: Connection | undefined

/** Follows the study's collector while the page shows the study. */
export function useCollector({ study, access }: StudyEntry): void {
  // Every save and every reading of the studies makes new objects, which are no reason to reconnect.
  const content = useMemo(() => canonicalStudy(study), [study])
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal content stands for the objects
  useEffect(() => {
    useCollectorState.setState(NONE, true)
    if (!access) return
    const connection = new Connection(study, access)
    connected = connection
    connection.follow().catch((error: unknown) => {
      if (connected !== connection) return
      const away = error instanceof AwayError
      useCollectorState.setState({ state: away ? 'away' : 'refused', reason: problemOf(error) })
    })
    return () => {
      connected = undefined
      connection.end()
    }
  }, [content, access?.url, access?.jwt])
}

type Rest<T> = T extends ResearcherMessage ? Omit<T, 'version' | 'id' | 'study' | 'at'> : never

/**
 * Records a decision of the researcher: it is saved in this browser, and then sent to the collector, if
 * there is one. Resolves to whether it is saved; where it is not, the page shows why.
 */
export async function record(study: StudyEntry, rest: Rest<ResearcherMessage>): Promise<boolean> {
  const message: ResearcherMessage = {
    ...{ version: MESSAGE_VERSION, id: newId(), study: study.id, at: await timeOf(study, rest) },
    ...rest,
  }
  try {
    await gather(await labDatabase(), [message])
  } catch (error) {
    tellProblem(problemOf(error))
    return false
  }
  connected?.sendUnsent()
  return true
}

/** Returns the time of a new decision: after the latest one on the same thing, which alone counts. */
async function timeOf({ id }: StudyEntry, rest: Rest<ResearcherMessage>): Promise<string> {
  let last: string | undefined
  try {
    last = lastDecisionTime(rest, (await readGathered(await labDatabase(), id)).records)
  } catch {
    // Saving the decision will say that the database cannot be used.
  }
  return new Date(Math.max(Date.now(), last === undefined ? 0 : Date.parse(last) + 1)).toISOString()
}

type Access = NonNullable<StudyEntry['access']>

/** Milliseconds after which decisions that could not be sent are sent again. */
const RETRY_MS = 5_000

class Connection {
  readonly #study: StudyEntry['study']
  readonly #access: Access
  readonly #ended = new AbortController()
  /** Ids of the messages that the collector has. */
  readonly #stored = new Set<string>()
  #reader: StudyReader | undefined
  #caughtUp = false
  /** Messages are gathered in the order of their arrival. */
  #gathering = Promise.resolve()
  #sending = Promise.resolve()
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(study: StudyEntry['study'], access: Access) {
    this.#study = study
    this.#access = access
  }

  async follow(): Promise<void> {
    this.#set({ state: 'connecting' })
    this.#reader = await readers.connect(this.#access, this.#study)
    const { signal } = this.#ended
    if (signal.aborted) return this.#reader.close()
    await this.#reader.follow(
      {
        messages: (messages) => this.#take(messages),
        caughtUp: () => {
          this.#caughtUp = true
          this.#set({ state: 'live', reason: undefined })
          this.sendUnsent()
        },
        refused: (count) => this.#set({ refused: count }),
        away: (reason) => {
          const state = reason === undefined ? (this.#caughtUp ? 'live' : 'connecting') : 'away'
          this.#set({ state, reason })
          if (reason === undefined) this.sendUnsent()
        },
      },
      signal,
    )
  }

  end(): void {
    this.#ended.abort()
    clearTimeout(this.#retry)
    void this.#reader?.close().catch(() => undefined)
  }

  /** Sends the researcher's messages that the collector does not have; what fails is sent later. */
  sendUnsent(): void {
    clearTimeout(this.#retry)
    this.#sending = this.#sending
      .then(() => this.#send())
      .catch((error: unknown) => tellProblem(problemOf(error)))
  }

  async #send(): Promise<void> {
    const reader = this.#reader
    if (!reader || !this.#caughtUp) return
    await this.#gathering
    const { records } = await readGathered(await labDatabase(), this.#study.id)
    const unsent = records.filter(isOfResearcher).filter(({ id }) => !this.#stored.has(id))
    let left = unsent.length
    for (const message of unsent) {
      if (this.#ended.signal.aborted) return
      try {
        await reader.publish(message)
        this.#stored.add(message.id)
        left--
      } catch (error) {
        this.#set({ reason: problemOf(error) })
        this.#retry = setTimeout(() => this.sendUnsent(), RETRY_MS)
        break
      }
    }
    this.#set({ unsent: left })
    if (unsent.length > 0 && left === 0) this.#set({ reason: undefined })
  }

  #take(messages: readonly StudyMessage[]): void {
    for (const { id } of messages) this.#stored.add(id)
    this.#gathering = this.#gathering
      .then(async () => void (await gather(await labDatabase(), messages)))
      .catch((error: unknown) => tellProblem(problemOf(error)))
  }

  #set(changes: Partial<CollectorState>): void {
    if (connected === this) useCollectorState.setState(changes)
  }
}
