/** Island on which the labels of a run were given. */
import { useEffect, useState } from 'react'
import type { Run } from '../../storage/run-record.ts'
import { labDatabase } from '../data/database.ts'
import { addressOfMap } from '../stores/island-choice.ts'

/**
 * Returns the island of the first clip that was compared for a run, as addresses have it; the first one
 * until that is read, and where it cannot be.
 */
export function useLabelledIsland({ id, plan }: Run): string {
  const [island, setIsland] = useState('home')
  const labels = 'labels' in plan ? plan.labels : undefined
  const isByPeople = labels !== undefined && labels.kind !== 'judge'
  useEffect(() => {
    setIsland('home')
    if (!isByPeople) return
    let left = false
    readIsland(id)
      .then((found) => left || setIsland(found))
      .catch(() => undefined)
    return () => {
      left = true
    }
  }, [id, isByPeople])
  if (labels?.kind !== 'judge') return island
  return addressOfMap(labels.island?.map, labels.island?.title)
}

async function readIsland(id: string): Promise<string> {
  const { readRunData } = await import('../../storage/index.ts')
  const data = await readRunData(await labDatabase(), id)
  return addressOfMap(data?.clips[0]?.island)
}
