/** Labels that people give: what they say, how a log of them is read, which pair comes next. */
export * from './clip.ts'
export * from './golden.ts'
export * from './label.ts'
export * from './log.ts'
export * from './pair-rules.ts'
export * from './read-outs.ts'
export * from './schedule.ts'
export * from './settings.ts'
