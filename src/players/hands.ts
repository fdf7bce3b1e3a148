/** How an intention becomes the state of a gamepad, by hands that are more or less sure. */
import { wrapAngle } from '../island/exact.ts'
import {
  binFromStick,
  decodeAction,
  encodeAction,
  type Gamepad,
  lookBin,
  NEUTRAL_ACTION,
  type RandomStream,
  REST_PITCH,
} from '../island/index.ts'
import type { Percept } from './eyes.ts'
import type { Temperament } from './temperament.ts'
import { Wavering } from './wavering.ts'

/** What a person wants of their hands right now. */
export interface Intention {
  /** The yaw to look along and, with any pace, to walk along; undefined leaves the camera. */
  heading: number | undefined
  /** How far the left stick is to be pushed, 0…1. */
  pace: number
  /** Radians to turn the camera by in this decision where there is no heading. */
  spin: number
  /** The pitch to look along, in radians. */
  pitch: number
  jump: boolean
  attack: boolean
}

/** Nothing at all: hands off. */
export function nothing(): Intention {
  return { heading: undefined, pace: 0, spin: 0, pitch: REST_PITCH, jump: false, attack: false }
}

/** Heading errors, in radians, up to which nobody slows down, and from which all who do, do. */
const MILD_ERROR = 0.5
const SHARP_ERROR = 1.5

/** Radians by which the view may be too high or too low before anybody minds, and is put right. */
const PITCH_TOLERANCE = 0.12
const PITCH_GAIN = 0.5
const FULL_PITCH_TURN = 0.157

/** How much of a stick's last tremor is left in the next decision. */
const TREMOR_MEMORY = 0.8

/** A pair of hands at a gamepad. */
export class Hands {
  readonly #temperament: Temperament
  readonly #leftTremor: Wavering
  readonly #rightTremor: Wavering
  readonly #gamepad: Gamepad = decodeAction(NEUTRAL_ACTION)
  /** Whether a heading error, or one of pitch, is being put right. */
  #steering = false
  #levelling = false

  constructor(temperament: Temperament, random: RandomStream) {
    this.#temperament = temperament
    this.#leftTremor = new Wavering(TREMOR_MEMORY, random)
    this.#rightTremor = new Wavering(TREMOR_MEMORY, random)
  }

  /** The action's number that these hands make of an intention. */
  press(intention: Intention, known: Percept): number {
    const { heading } = intention
    const error = heading === undefined ? 0 : wrapAngle(heading - known.cameraYaw)
    const gamepad = this.#gamepad
    this.#turn(heading === undefined ? intention.spin : this.#correction(error))
    this.#level(intention.pitch - known.cameraPitch)
    this.#walk(intention.pace, error)
    gamepad.jump = intention.jump
    gamepad.attack = intention.attack
    return encodeAction(gamepad)
  }

  /** Radians to turn by now: none until the error is worth a correction, then till it is small. */
  #correction(error: number): number {
    const { tolerance, gain } = this.#temperament
    const size = Math.abs(error)
    if (size > tolerance) this.#steering = true
    else if (size < 0.4 * tolerance) this.#steering = false
    return this.#steering ? gain * error : 0
  }

  #turn(angle: number): void {
    // A stick at rest does not tremble: the thumb is off it.
    const tremor = angle === 0 ? 0 : 2 * this.#temperament.tremor * this.#rightTremor.next()
    this.#gamepad.rightX = lookBin(angle * (1 + tremor))
  }

  #level(error: number): void {
    const size = Math.abs(error)
    if (size > PITCH_TOLERANCE) this.#levelling = true
    else if (size < 0.5 * PITCH_TOLERANCE) this.#levelling = false
    const tilt = this.#levelling ? (PITCH_GAIN * error) / FULL_PITCH_TURN : 0
    this.#gamepad.rightY = binFromStick(tilt)
  }

  #walk(pace: number, error: number): void {
    const { caution, strafe, tremor } = this.#temperament
    const size = Math.abs(error)
    const sharpness = Math.min(1, Math.max(0, size - MILD_ERROR) / (SHARP_ERROR - MILD_ERROR))
    const tilt = pace * (1 - caution * sharpness)
    if (tilt < 0.15) {
      this.#gamepad.leftX = binFromStick(0)
      this.#gamepad.leftY = binFromStick(0)
      return
    }
    const deviation = tremor * this.#leftTremor.next()
    const aside = -strafe * Math.max(-1, Math.min(1, 1.5 * error))
    this.#gamepad.leftX = binFromStick(tilt * (aside + deviation))
    // Pushed against its rim, the stick stays there whatever the thumb does.
    this.#gamepad.leftY = binFromStick(tilt * (1.08 - 0.5 * Math.abs(deviation)))
  }
}
