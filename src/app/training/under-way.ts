/** Flag that a training is under way or waiting: kept in local storage, which is fast to read. */

const NAME = 'jumppad-training'

export function noteUnderWay(underWay: boolean): void {
  try {
    if (underWay) localStorage.setItem(NAME, 'under way')
    else localStorage.removeItem(NAME)
  } catch {
    // A browser that stores nothing stores no runs either.
  }
}

export function isUnderWay(): boolean {
  try {
    return localStorage.getItem(NAME) !== null
  } catch {
    return false
  }
}
