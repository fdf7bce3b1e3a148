/** Combined progress of several weighted parts, as one number. */
export class LoadingProgress {
  readonly #parts: { readonly weight: number; part: number }[] = []
  readonly #onChange: (part: number) => void

  /** `onChange` is called with the whole progress, 0…1, at every report of a part. */
  constructor(onChange: (part: number) => void) {
    this.#onChange = onChange
  }

  /** Adds a part; returns a function that reports its progress, 0…1. */
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
