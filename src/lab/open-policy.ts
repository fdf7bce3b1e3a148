/** Turns what a page chose into something that acts. */
import type { OpenPolicy } from './acting-session.ts'
import { ModelError } from './errors.ts'
import { ScriptedPolicy } from './scripted-policy.ts'

export const openPolicy: OpenPolicy = async ({ model }) => {
  if (model.kind === 'scripted') {
    return {
      policy: new ScriptedPolicy(),
      opened: {
        device: 'script',
        deviceName: 'No device',
        reason: 'A scripted player that reads the map, not an agent: no model is here yet.',
        stage: 'scripted player',
        version: 'scripted player',
        parameters: 0,
      },
    }
  }
  throw new ModelError('Models cannot be opened yet.')
}
