/** Records of trainings in a tab, read from its IndexedDB. */
import type { Page } from '@playwright/test'

/** Fields of a run's record that benchmarks read. */
export interface RunRecord {
  readonly state: string
  readonly seconds: number
  readonly partSeconds: Readonly<Record<string, number>>
  readonly plan: { readonly kind: string }
  readonly result?: { readonly policy?: string }
  readonly curves: Readonly<
    Record<string, readonly Readonly<Record<string, number | undefined>>[] | undefined>
  >
}

/** Resolves to the records of all runs, in arbitrary order. */
export function runRecords(page: Page): Promise<RunRecord[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('jumppad')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction('runs').objectStore('runs').getAll()
          reading.onerror = () => reject(reading.error)
          reading.onsuccess = () => {
            opening.result.close()
            resolve(reading.result)
          }
        }
      }),
  )
}
