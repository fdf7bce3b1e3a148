/** Messages gathered for the open study, and what follows from them. Other tabs may gather more. */

import { useEffect } from 'react'
import { create } from 'zustand'
import { studyDigest } from '../../collector/study-digest.ts'
import { readGathered, type StudyEntry } from '../../storage/index.ts'
import {
  isPrepared,
  readStudyLog,
  type StudyLog,
  type StudyMessage,
  type StudyOverview,
  studyOverview,
} from '../../study/index.ts'
import { coalesced } from '../data/coalesced.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import { tellProblem } from './store.ts'

interface Gathered {
  /** Id of the study. */
  readonly study: string | undefined
  /** SHA-256 of the study; undefined until it is computed. */
  readonly digest: string | undefined
  readonly messages: readonly StudyMessage[]
  /** Number of gathered records that this release cannot read. */
  readonly unreadable: number
  /** Undefined until the messages are read, and for a study that is not prepared. */
  readonly log: StudyLog | undefined
  readonly overview: StudyOverview | undefined
}

const NOTHING: Gathered = {
  study: undefined,
  digest: undefined,
  messages: [],
  unreadable: 0,
  log: undefined,
  overview: undefined,
}

export const useGathered = create<Gathered>(() => NOTHING)

/** Reads what was gathered for a study, and reads it again whenever any tab gathers more. */
export function useGatheredMessages({ study }: StudyEntry): void {
  useEffect(() => {
    let left = false
    let unlisten: (() => void) | undefined
    const refresh = coalesced(async () => {
      try {
        const read = await gatheredFor(study)
        if (!left) useGathered.setState(read)
      } catch (error) {
        if (!left) tellProblem(problemOf(error))
      }
    })
    if (useGathered.getState().study !== study.id) useGathered.setState(NOTHING)
    refresh()
    void labDatabase().then((database) => {
      if (left) return
      unlisten = database.onChange((stores) => {
        if (stores.includes('gathered')) refresh()
      })
    })
    return () => {
      left = true
      unlisten?.()
    }
  }, [study])
}

async function gatheredFor(study: StudyEntry['study']): Promise<Gathered> {
  const { records: messages, unreadable } = await readGathered(await labDatabase(), study.id)
  const digest = await studyDigest(study)
  const log = isPrepared(study) ? readStudyLog(study, digest, messages) : undefined
  const overview = log && studyOverview(log)
  return { study: study.id, digest, messages, unreadable, log, overview }
}
