/** Island on which the labels of a run were given. */
import { useEffect, useState } from 'react'
import { islandIn } from '../../procedure/training/plan.ts'
import type { Run } from '../../storage/run-record.ts'
import { labDatabase } from '../data/database.ts'
import { addressOfMap } from '../stores/island-choice.ts'

/**
 * Returns the island that a run's plan names, or else that of the first clip that people compared for it, as
 * addresses have it; the first one until that is read, and where it cannot be.
 */
export function useLabelledIsland({ id, plan }: Run): string {
  const [island, setIsland] = useState('home')
  const isByPeople = 'labels' in plan && plan.labels.kind !== 'judge'
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
  const named = islandIn(plan)
  return named ? addressOfMap(named.map, named.title) : island
}

async function readIsland(id: string): Promise<string> {
  const { readRunData } = await import('../../storage/index.ts')
  const data = await readRunData(await labDatabase(), id)
  return addressOfMap(data?.clips[0]?.island)
}
