/** The acting worker without the worker: agents by number, each a session of its own. */
import { ActingSession, type OpenPolicy } from './acting-session.ts'
import type { ActingHost } from './protocol.ts'

/** `now` gives milliseconds. All sessions open their policies with the one `openPolicy`. */
export function createActingHost(openPolicy: OpenPolicy, now: () => number): ActingHost {
  const sessions = new Map<number, ActingSession>()

  function agent(number: number): ActingSession {
    const session = sessions.get(number) ?? new ActingSession(openPolicy, now)
    sessions.set(number, session)
    return session
  }

  return {
    open: (number, choice, onProgress) => agent(number).open(choice, onProgress),
    start: (number, choice) => agent(number).start(choice),
    step: (number) => agent(number).step(),
    close: (number) => agent(number).close(),
  }
}
