/** Two sticks and two buttons on a keyboard, by physical key position, whatever the layout. */
import { TYPED_INTO } from '../../ui/shortcuts.ts'
import type { Tilts } from './tilts.ts'

/** Tilt of the look keys: full tilt turns too far within one decision to aim. */
const LOOK = 0.6
/** Factor of all tilts while Shift is held. */
const GENTLE = 0.4

const KEYS = {
  KeyW: 'ahead',
  KeyS: 'back',
  KeyA: 'left',
  KeyD: 'right',
  ArrowUp: 'lookUp',
  ArrowDown: 'lookDown',
  ArrowLeft: 'lookLeft',
  ArrowRight: 'lookRight',
  Space: 'jump',
  KeyF: 'attack',
  KeyJ: 'attack',
} as const
type Use = (typeof KEYS)[keyof typeof KEYS]

const USES: ReadonlyMap<string, Use> = new Map(Object.entries(KEYS))

export class Keyboard {
  readonly #down = new Set<Use>()
  /** Keys pressed since the last decision, though perhaps released again. */
  readonly #tapped = new Set<Use>()
  #gentle = false

  readonly #press = (event: KeyboardEvent) => {
    this.#gentle = event.shiftKey
    const use = USES.get(event.code)
    if (!use || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof Element && event.target.matches(TYPED_INTO)) return
    event.preventDefault()
    event.stopPropagation()
    this.#down.add(use)
    this.#tapped.add(use)
  }

  readonly #release = (event: KeyboardEvent) => {
    this.#gentle = event.shiftKey
    const use = USES.get(event.code)
    if (!use || !this.#down.delete(use)) return
    // Otherwise Space would press the focused button.
    event.preventDefault()
  }

  readonly #drop = () => this.#down.clear()

  listen(): void {
    // Captured before other listeners: while a human plays, these keys belong to the gamepad.
    window.addEventListener('keydown', this.#press, { capture: true })
    window.addEventListener('keyup', this.#release, { capture: true })
    window.addEventListener('blur', this.#drop)
  }

  stop(): void {
    window.removeEventListener('keydown', this.#press, { capture: true })
    window.removeEventListener('keyup', this.#release, { capture: true })
    window.removeEventListener('blur', this.#drop)
    this.#down.clear()
    this.#tapped.clear()
  }

  /** Returns the tilts and buttons that are held, or were tapped since the last call. */
  tilts(): Tilts {
    const held = (use: Use) => Number(this.#down.has(use) || this.#tapped.has(use))
    const part = this.#gentle ? GENTLE : 1
    const tilts: Tilts = {
      walkX: part * (held('right') - held('left')),
      walkY: part * (held('ahead') - held('back')),
      lookX: LOOK * part * (held('lookRight') - held('lookLeft')),
      lookY: LOOK * part * (held('lookUp') - held('lookDown')),
      jump: held('jump') > 0,
      attack: held('attack') > 0,
    }
    this.#tapped.clear()
    return tilts
  }
}
