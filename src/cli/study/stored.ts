/** What the collector of a study has stored, read by the owner of its keys. */

import { createResearcher } from '../../collector/identities.ts'
import { openReader } from '../../collector/nats-reader.ts'
import { readEverything } from '../../collector/read-everything.ts'
import { readStudyLog, type StudyLog } from '../../study/index.ts'
import { dialTcp } from './connect.ts'
import type { StudyFolder } from './folder.ts'
import { serversOf, withServers } from './servers.ts'

export interface StoredLog {
  readonly log: StudyLog
  /** Number of stored messages that do not belong to the study. */
  readonly refused: number
}

/** Reads what is stored. The study's own server is started for that time if it does not run. */
export function readStoredLog(folder: StudyFolder): Promise<StoredLog> {
  return withServers(folder, async () => {
    const { state, study, limits } = folder
    const user = await createResearcher(state.seeds, study, { limits, now: Date.now() })
    const reader = openReader(user, study.id, dialTcp(serversOf(folder)))
    try {
      const { messages, refused } = await readEverything(reader)
      return { log: readStudyLog(study, state.study.digest, messages), refused }
    } finally {
      await reader.close()
    }
  })
}

/** Returns the number of messages that were left out of a log, and why, in words; empty for none. */
export function refusalsOf({ log, refused }: StoredLog): string {
  const reasons = [...log.refused].map(([reason, count]) => `${count} ${reason}`)
  if (refused > 0) reasons.unshift(`${refused} that are not messages of their sender`)
  return reasons.join(', ')
}
