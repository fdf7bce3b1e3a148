/** Connected gamepads, of which those with the browser's standard mapping can be used. */
import { AT_REST, type Tilts } from './tilts.ts'

/** Dead zone of each axis: sticks never rest exactly at their centre. */
const DEAD = 0.15

/**
 * Button indices of the standard mapping: the bottom face button jumps; the left face button and the right
 * trigger attack.
 */
const JUMP = [0]
const ATTACK = [2, 7]

export type PadState = Pick<Gamepad, 'axes' | 'buttons' | 'mapping' | 'id'>

/**
 * Returns the input of the gamepad that is tilted and pressed most: devices that are listed first may be
 * no gamepads at all, but keyboards or receivers.
 */
export function readGamepads(pads: readonly (PadState | null)[]): Tilts {
  const usable = pads.filter((each) => each?.mapping === 'standard')
  const pad = usable.reduce((most, each) => (useOf(each) > useOf(most) ? each : most), null)
  if (!pad) return AT_REST
  const axis = (index: number) => beyondDead(pad.axes[index] ?? 0)
  const pressed = (places: readonly number[]) =>
    places.some((place) => pad.buttons[place]?.pressed === true)
  return {
    walkX: axis(0),
    // In the standard mapping up is negative.
    walkY: -axis(1),
    lookX: axis(2),
    lookY: -axis(3),
    jump: pressed(JUMP),
    attack: pressed(ATTACK),
  }
}

/** Returns the sum of a gamepad's tilts plus the number of pressed buttons; 0 at rest. */
function useOf(pad: PadState | null): number {
  if (!pad) return 0
  const tilt = pad.axes.reduce((sum, axis) => sum + Math.abs(beyondDead(axis)), 0)
  return tilt + pad.buttons.filter(({ pressed }) => pressed).length
}

/** Maximum number of characters shown of a gamepad's name; browsers append vendor and product numbers. */
const LONGEST_NAME = 40

/** Returns a sentence that lists the connected gamepads and says whether they can be used. */
export function gamepadSentence(pads: readonly (PadState | null)[]): string {
  const there = pads.filter((each) => each !== null)
  const name = ({ id }: PadState): string => {
    const short = id.replace(/\s*\(.*\)\s*$/, '').slice(0, LONGEST_NAME)
    return short ? `“${short}”` : 'A gamepad'
  }
  const usable = there.filter(({ mapping }) => mapping === 'standard').map(name)
  if (usable.length > 0) {
    return usable.length === 1
      ? `${usable[0]} is connected and ready to use.`
      : `${usable.join(' and ')} are connected: move either one to play.`
  }
  const [other] = there.map(name)
  return other === undefined
    ? 'You can use a real gamepad: connect it and press a button.'
    : `${other} is connected, but this browser does not know its layout: use the keyboard or another gamepad.`
}

export function connectedGamepads(): readonly (PadState | null)[] {
  // Absent on insecure pages.
  return navigator.getGamepads?.() ?? []
}

function beyondDead(tilt: number): number {
  const beyond = Math.abs(tilt) - DEAD
  return beyond <= 0 ? 0 : (Math.sign(tilt) * beyond) / (1 - DEAD)
}
