/**
 * Whether the tour was ever offered in this browser and whether it is on: kept small, as part of the
 * first script. The position in the tour is in `tour-state.ts`, which is loaded with the panel.
 */
import { create } from 'zustand'

const NAME = 'jumppad-tour'

/** State of the tour in this browser; `left` is for a tour left midway, today. */
export type Mark = 'new' | 'on' | 'left' | 'seen'

export interface TourMark {
  readonly mark: Mark
  /** Action for the panel once it has loaded; undefined where the page was loaded midway. */
  readonly wish: 'begin' | 'go on' | undefined
}

export const useTourMark = create<TourMark>()(() => ({ mark: readMark(), wish: undefined }))

function readMark(): Mark {
  try {
    const kept = localStorage.getItem(NAME)
    if (kept === null) return 'new'
    if (kept === 'on') return 'on'
    return kept === leftToday() ? 'left' : 'seen'
  } catch {
    // Without storage the tour would be offered on every visit.
    return 'seen'
  }
}

function leftToday(): string {
  return `left ${new Date().toDateString()}`
}

export function setMark(mark: Exclude<Mark, 'new'>): void {
  useTourMark.setState({ mark, wish: undefined })
  try {
    localStorage.setItem(NAME, mark === 'left' ? leftToday() : mark)
  } catch {
    // Without storage the mark lasts for as long as the page is open.
  }
}

/** Starts the tour, or resumes it if it was left today. */
export function takeTour(): void {
  const wish = useTourMark.getState().mark === 'left' ? 'go on' : 'begin'
  setMark('on')
  useTourMark.setState({ wish })
}
