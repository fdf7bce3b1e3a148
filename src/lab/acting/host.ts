/** Acting worker without the thread: numbered agents, each with its own session, and reward models. */

import type { ActingHost, RewardScorer } from './protocol.ts'
import { ActingSession, type OpenPolicy } from './session.ts'

/** Creates a host whose sessions all open their policies with `openPolicy`. `now` returns milliseconds. */
export function createActingHost(
  openPolicy: OpenPolicy,
  now: () => number,
  scorer: RewardScorer,
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
    ...scorer,
  }
}
