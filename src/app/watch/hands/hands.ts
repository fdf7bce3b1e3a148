/** A visitor's hands: a keyboard, a screen that is touched and a gamepad, all at once. */
import type { Hand } from '../../../lab/acting/human-turn.ts'
import { Keyboard } from './keyboard.ts'
import { connectedGamepads, readGamepads } from './real-gamepad.ts'
import { AT_REST, actionOf, type Tilts } from './tilts.ts'

export class Hands {
  readonly #keyboard = new Keyboard()
  /** What is touched; a tap that ended between two decisions still counts. */
  #touched: Tilts = AT_REST
  #tapped = { jump: false, attack: false }

  /** Takes the gamepad. */
  take(): Hand {
    this.release()
    this.#keyboard.listen()
    return () => this.#press()
  }

  /** Lets go of it. */
  release(): void {
    this.#keyboard.stop()
    this.#touched = AT_REST
    this.#tapped = { jump: false, attack: false }
  }

  /** What the touched sticks and buttons are doing now. */
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
