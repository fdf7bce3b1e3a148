import { isUnderWay } from './under-way.ts'

/** Goes on with what a reload or a crash cut short; to be called once when any page has opened. */
export function goOnWithTrainings(): void {
  if (isUnderWay()) void import('./centre.ts').then(({ openTrainings }) => openTrainings())
}
