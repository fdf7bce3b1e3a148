/** A gamepad that is plugged in, in the browser's standard layout. */
import { AT_REST, type Tilts } from './tilts.ts'

/** Sticks never rest quite at their centre. */
const DEAD = 0.15

/** Places of the standard layout: the lower button of the right hand jumps, the left one attacks. */
const JUMP = [0]
const ATTACK = [2, 7]

export type PadState = Pick<Gamepad, 'axes' | 'buttons' | 'mapping'>

/** What is held now, on the first gamepad of the standard layout. */
export function readGamepads(pads: readonly (PadState | null)[]): Tilts {
  const pad = pads.find((each) => each?.mapping === 'standard')
  if (!pad) return AT_REST
  const axis = (index: number) => beyondDead(pad.axes[index] ?? 0)
  const pressed = (places: readonly number[]) =>
    places.some((place) => pad.buttons[place]?.pressed === true)
  return {
    walkX: axis(0),
    // The standard has up as negative.
    walkY: -axis(1),
    lookX: axis(2),
    lookY: -axis(3),
    jump: pressed(JUMP),
    attack: pressed(ATTACK),
  }
}

export function connectedGamepads(): readonly (PadState | null)[] {
  // Absent on pages that are not secure.
  return navigator.getGamepads?.() ?? []
}

function beyondDead(tilt: number): number {
  const beyond = Math.abs(tilt) - DEAD
  return beyond <= 0 ? 0 : (Math.sign(tilt) * beyond) / (1 - DEAD)
}
