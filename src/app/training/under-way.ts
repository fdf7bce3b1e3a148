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

/** Goes on with what a reload or a crash cut short; to be called once when any page has opened. */
export function goOnWithTrainings(): void {
  try {
    if (localStorage.getItem(NAME) === null) return
  } catch {
    return
  }
  void import('./centre.ts').then(({ openTrainings }) => openTrainings())
}
