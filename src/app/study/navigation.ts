/** Changes of the address by the page itself, and notices that survive them. */
import { useEffect } from 'react'
import { useRoute } from '../stores/route.ts'
import { useStudySettings } from '../stores/study-settings.ts'
import { clearNotices } from './store.ts'

/** Address to which the page itself went last. */
let ownAddress: string | undefined

/** Opens an address after an action, whose notice stays. */
export function goTo(address: string): void {
  ownAddress = address
  window.location.hash = address
}

/** Clears the notices when the user goes to another view. */
export function useNoticesOfView(): void {
  const { study, view } = useStudySettings()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is the occasion
  useEffect(() => {
    if (window.location.hash !== ownAddress) clearNotices()
  }, [study, view])
}

/** Returns the study that is open, '' for the list; undefined on other pages. */
export function openedStudy(): string | undefined {
  const { page, params } = useRoute.getState()
  return page === 'study' ? (params.get('study') ?? '') : undefined
}
