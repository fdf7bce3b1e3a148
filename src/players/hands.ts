/** Motor model: converts a player's intention into a gamepad state, with skill-dependent errors. */
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
import { AutoregressiveNoise } from './autoregressive-noise.ts'
import type { Percept } from './delayed-observer.ts'
import type { PlayerTraits } from './traits.ts'

/** Intended behaviour in the current decision, before motor errors. */
export interface Intention {
  /** Yaw to look and, if pace > 0, walk along, in radians; undefined leaves the camera alone. */
  heading: number | undefined
  /** Tilt of the left stick, 0…1. */
  pace: number
  /** Angle to turn the camera by in this decision, in radians, if there is no heading. */
  spin: number
  /** Camera pitch to aim for, in radians. */
  pitch: number
  jump: boolean
  attack: boolean
}

/** Returns the intention to do nothing. */
export function nothing(): Intention {
  return { heading: undefined, pace: 0, spin: 0, pitch: REST_PITCH, jump: false, attack: false }
}

/** Heading errors, in radians, at which slowing down starts and reaches its maximum. */
const MILD_ERROR = 0.5
const SHARP_ERROR = 1.5

/** Pitch error (radians) that is corrected, gain, and turn (radians) per decision at full tilt. */
const PITCH_TOLERANCE = 0.12
const PITCH_GAIN = 0.5
const FULL_PITCH_TURN = 0.157

/** Autocorrelation of a stick's tremor from one decision to the next. */
const TREMOR_MEMORY = 0.8

/** The motor model of one player: stateful, called once per decision. */
export class MotorModel {
  readonly #traits: PlayerTraits
  readonly #leftTremor: AutoregressiveNoise
  readonly #rightTremor: AutoregressiveNoise
  readonly #gamepad: Gamepad = decodeAction(NEUTRAL_ACTION)
  /** Whether a heading error, and a pitch error, is being corrected. */
  #steering = false
  #levelling = false

  constructor(traits: PlayerTraits, random: RandomStream) {
    this.#traits = traits
    this.#leftTremor = new AutoregressiveNoise(TREMOR_MEMORY, random)
    this.#rightTremor = new AutoregressiveNoise(TREMOR_MEMORY, random)
  }

  /** Returns the action code that results from an intention. */
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

  /** Returns the radians to turn by: errors beyond the tolerance are corrected until small. */
  #correction(error: number): number {
    const { tolerance, gain } = this.#traits
    const size = Math.abs(error)
    if (size > tolerance) this.#steering = true
    else if (size < 0.4 * tolerance) this.#steering = false
    return this.#steering ? gain * error : 0
  }

  #turn(angle: number): void {
    // A stick at rest has no tremor: the thumb is off it.
    const tremor = angle === 0 ? 0 : 2 * this.#traits.tremor * this.#rightTremor.next()
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
    const { caution, strafe, tremor } = this.#traits
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
    // Slightly over-driven, so that small tremors leave the stick at its rim.
    this.#gamepad.leftY = binFromStick(tilt * (1.08 - 0.5 * Math.abs(deviation)))
  }
}
