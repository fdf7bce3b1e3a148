import { useEffect, useState } from 'react'
import { labDatabase } from './database.ts'

/** Minimum number of labels for a meaningful median. */
const ENOUGH = 10

/** Returns the median seconds per label in this browser; undefined below `ENOUGH` labels. */
export function useLabelSeconds(): number | undefined {
  const [seconds, setSeconds] = useState<number>()
  useEffect(() => {
    let gone = false
    measuredSeconds().then(
      (found) => {
        if (!gone) setSeconds(found)
      },
      // Without a database there are no labels to measure; the labelling page says why.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [])
  return seconds
}

async function measuredSeconds(): Promise<number | undefined> {
  const { readLabels } = await import('../../storage/index.ts')
  const { currentLabels } = await import('../../alignment/labels/index.ts')
  const { median } = await import('../../evaluation/label-statistics.ts')
  const { records } = await readLabels(await labDatabase())
  const times = currentLabels(records).map(({ responseMs }) => responseMs)
  return times.length < ENOUGH ? undefined : (median(times) ?? 0) / 1000
}
