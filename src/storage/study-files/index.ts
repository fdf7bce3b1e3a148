/** Files of what comes out of a study: its labels, and its result. */

export { decodeResult } from './decode-result.ts'
export * from './formats.ts'
export { archiveOfStudy } from './study-archive.ts'
