/**
 * Whether the tour was ever offered here and whether it is on: a quick look, for the first script.
 * Where in the tour one is stands in `journey.ts`, which is loaded with the panel.
 */
import { create } from 'zustand'

const NAME = 'jumppad-tour'

/** `left`: in the middle, and today. */
export type Mark = 'new' | 'on' | 'left' | 'seen'

export interface TourMark {
  readonly mark: Mark
  /** What the panel is to do when it comes: nothing where the page was loaded in the middle. */
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
    // What could not be remembered would be offered on every visit.
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
    // Then it holds for as long as the page is open.
  }
}

/** Begins the tour, or goes on where it was left today. */
export function takeTour(): void {
  const wish = useTourMark.getState().mark === 'left' ? 'go on' : 'begin'
  setMark('on')
  useTourMark.setState({ wish })
}
