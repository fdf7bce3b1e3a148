/** How much of several things has come, as one number. */
export class Progress {
  readonly #parts: { readonly weight: number; part: number }[] = []
  readonly #onChange: (part: number) => void

  /** `onChange` hears of the whole, 0…1, whenever a part has grown. */
  constructor(onChange: (part: number) => void) {
    this.#onChange = onChange
  }

  /** Something else that is waited for; gives what tells how much of it has come, 0…1. */
  expect(weight: number): (part: number) => void {
    const item = { weight, part: 0 }
    this.#parts.push(item)
    return (part) => {
      item.part = Math.max(item.part, Math.min(1, part))
      this.#onChange(this.#whole())
    }
  }

  #whole(): number {
    const all = this.#parts.reduce((sum, { weight }) => sum + weight, 0)
    const come = this.#parts.reduce((sum, { weight, part }) => sum + weight * part, 0)
    return all === 0 ? 0 : come / all
  }
}
