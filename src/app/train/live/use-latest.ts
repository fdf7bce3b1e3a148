import { useEffect, useRef } from 'react'
import type { Run } from '../../../storage/run-record.ts'
import { useTraining } from '../../stores/training.ts'
import { isOver } from '../../training/words.ts'

/** Returns the run that is under way or paused, or else the last one that was during this visit. */
export function useLatest(): Run | undefined {
  const runs = useTraining((state) => state.runs)
  const liveId = useTraining(({ live }) => live?.id)
  const seen = useRef<string>(undefined)
  const current =
    runs?.find(({ id }) => id === liveId) ??
    runs?.find(({ state }) => !isOver(state) && state !== 'queued')
  const id = current?.id
  useEffect(() => {
    if (id !== undefined) seen.current = id
  }, [id])
  return current ?? runs?.find((run) => run.id === seen.current)
}
