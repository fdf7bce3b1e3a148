/** Session that replays recordings, frames included, where there is no model to do it. */
import { NEUTRAL_ACTION } from '../../island/index.ts'
import type { Policy } from './policy.ts'
import type { OpenedModel } from './protocol.ts'
import { ActingSession } from './session.ts'

const OPENED: OpenedModel = {
  device: 'wasm',
  deviceName: '',
  reason: '',
  stage: 'recording',
  parameters: 0,
}

/** Policy that presses nothing: all actions come from the script. */
const NOBODY: Policy = {
  reset: () => undefined,
  rewind: () => undefined,
  act: async () => ({ action: NEUTRAL_ACTION, probabilities: new Float32Array(0) }),
  close: async () => undefined,
}

/** Returns an opened session, to be started with a script. */
export async function recordingSession(): Promise<ActingSession> {
  const session = new ActingSession(
    async () => ({ policy: NOBODY, opened: OPENED }),
    () => 0,
  )
  await session.open({ model: { kind: 'bytes', bytes: new Uint8Array() }, device: 'wasm' })
  return session
}
