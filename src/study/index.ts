/** Studies with many labellers: the study file, assignment of pairs, messages and their log. */
export * from './answers-file.ts'
export * from './assignment.ts'
export * from './log.ts'
export * from './material.ts'
export * from './message.ts'
export * from './read.ts'
export * from './study.ts'
