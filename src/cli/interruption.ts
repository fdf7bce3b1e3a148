import { InterruptedError } from './errors.ts'

/** Runs work that Ctrl+C, or an order to end, aborts in an orderly way; a second one ends the process. */
export async function abortable<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const abort = () => controller.abort(new InterruptedError('Interrupted'))
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const name of signals) process.once(name, abort)
  try {
    return await run(controller.signal)
  } finally {
    for (const name of signals) process.off(name, abort)
  }
}
