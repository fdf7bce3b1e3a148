/** Input of a human player: keyboard, touch controls and gamepad combined. */
import type { Hand } from '../../../lab/acting/human-turn.ts'
import { Keyboard } from './keyboard.ts'
import { connectedGamepads, readGamepads } from './real-gamepad.ts'
import { AT_REST, actionOf, type Tilts } from './tilts.ts'

export class Hands {
  readonly #keyboard = new Keyboard()
  /** State of the touch controls; a tap that ended between two decisions still counts. */
  #touched: Tilts = AT_REST
  #tapped = { jump: false, attack: false }

  /** Starts listening; the returned function reads the pressed action, once per decision. */
  take(): Hand {
    this.release()
    this.#keyboard.listen()
    return () => this.#press()
  }

  /** Stops listening and resets the touch controls. */
  release(): void {
    this.#keyboard.stop()
    this.#touched = AT_REST
    this.#tapped = { jump: false, attack: false }
  }

  /** Updates the state of the touch controls. */
  touch(changes: Partial<Tilts>): void {
    this.#touched = { ...this.#touched, ...changes }
    this.#tapped = {
      jump: this.#tapped.jump || this.#touched.jump,
      attack: this.#tapped.attack || this.#touched.attack,
    }
  }

  #press(): number {
    const touched: Tilts = {
      ...this.#touched,
      jump: this.#touched.jump || this.#tapped.jump,
      attack: this.#touched.attack || this.#tapped.attack,
    }
    this.#tapped = { jump: false, attack: false }
    return actionOf([this.#keyboard.tilts(), touched, readGamepads(connectedGamepads())])
  }
}
