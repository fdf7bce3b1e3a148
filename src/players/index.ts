/** Scripted players with various habits and skills, and the data sets of their episodes. */
export * from './curated.ts'
export * from './dataset.ts'
export type { HabitName } from './habits.ts'
export * from './places.ts'
export * from './play.ts'
export { POPULATION } from './population.ts'
