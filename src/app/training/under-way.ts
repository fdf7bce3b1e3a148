/** Whether a training was under way or waiting when this browser was last here: a quick look. */

const NAME = 'jumppad-training'

export function noteUnderWay(underWay: boolean): void {
  try {
    if (underWay) localStorage.setItem(NAME, 'under way')
    else localStorage.removeItem(NAME)
  } catch {
    // A browser that keeps nothing keeps no runs either.
  }
}

export function isUnderWay(): boolean {
  try {
    return localStorage.getItem(NAME) !== null
  } catch {
    return false
  }
}
