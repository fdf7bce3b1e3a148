export * from './evaluate.ts'
export * from './outcomes.ts'
export * from './wilson.ts'
