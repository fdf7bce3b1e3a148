import { useEffect, useState } from 'react'
import { currentLabels, preferredSide } from '../../alignment/labels/index.ts'
import { readLabels } from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'
import { sessionOfLink } from '../data/own-session.ts'
import { problemOf } from '../sentences.ts'

export interface Answers {
  /** Number of committed answers that prefer a side; undefined until they are counted. */
  readonly preferring: number | undefined
  /** Number of ties and of pairs that could not be told apart. */
  readonly others: number
  /** Reason why the answers cannot be counted, as a sentence. */
  readonly problem: string | undefined
}

const UNCOUNTED: Answers = { preferring: undefined, others: 0, problem: undefined }

/** Returns the answers so far in the labelling session that `link` began, whichever page is open. */
export function useAnswers(link: string | undefined): Answers {
  const [answers, setAnswers] = useState(UNCOUNTED)
  useEffect(() => {
    if (link === undefined) return
    const count = async () => {
      try {
        const database = await labDatabase()
        const session = await sessionOfLink(database, link)
        const { records } = await readLabels(database, session)
        const current = currentLabels(records)
        const preferring = current.filter((label) => preferredSide(label) !== undefined).length
        setAnswers({ preferring, others: current.length - preferring, problem: undefined })
      } catch (error) {
        setAnswers({ ...UNCOUNTED, problem: problemOf(error) })
      }
    }
    void count()
    // Never rejects: a database that does not open reports that when it is read.
    const listening = labDatabase().then((database) =>
      database.onChange((stores) => stores.includes('labels') && void count()),
    )
    return () => void listening.then((end) => end())
  }, [link])
  return answers
}
