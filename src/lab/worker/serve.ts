/** Makes a worker callable from its page. */
import { expose } from 'comlink'
import { holdLifeline } from './lifeline.ts'
import { tellLoadedFiles } from './loaded-files.ts'

/** Answers a page's calls with `host`, for as long as the worker lives. */
export function serveWorker(host: object): void {
  expose(host)
  tellLoadedFiles()
  holdLifeline()
}
