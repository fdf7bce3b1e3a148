/** The acting worker without the worker: agents by number, each a session of its own, and a jury. */

import type { ActingHost, Jury } from './protocol.ts'
import { ActingSession, type OpenPolicy } from './session.ts'

/** `now` gives milliseconds. All sessions open their policies with the one `openPolicy`. */
export function createActingHost(
  openPolicy: OpenPolicy,
  now: () => number,
  jury: Jury,
): ActingHost {
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
    press: (number, action) => agent(number).press(action),
    rewind: (number, decisions) => agent(number).rewind(decisions),
    close: (number) => agent(number).close(),
    ...jury,
  }
}
