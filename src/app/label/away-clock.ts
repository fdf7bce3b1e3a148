/** Time in which the labeller was away from the pair on the desk, by clocks of `performance.now`. */

/** Why the labeller is away: the page is hidden, or a break. */
export type Absence = 'hidden' | 'break'

export class AwayClock {
  readonly #absences = new Set<Absence>()
  /** Time since when the labeller has been away; undefined while they are here. */
  #since: number | undefined
  #total = 0

  /** Counts from 0 again, as for the next pair. */
  reset(at: number): void {
    this.#total = 0
    if (this.#since !== undefined) this.#since = at
  }

  leave(absence: Absence, at: number): void {
    this.#absences.add(absence)
    this.#since ??= at
  }

  comeBack(absence: Absence, at: number): void {
    this.#absences.delete(absence)
    if (this.#absences.size > 0 || this.#since === undefined) return
    this.#total += Math.max(0, at - this.#since)
    this.#since = undefined
  }

  /** Returns the milliseconds away since the last reset. */
  until(at: number): number {
    return this.#total + (this.#since === undefined ? 0 : Math.max(0, at - this.#since))
  }
}

/** Notes when the page is hidden, until the returned function is called. */
export function noteHiding(clock: AwayClock): () => void {
  const note = () => {
    if (document.hidden) clock.leave('hidden', performance.now())
    else clock.comeBack('hidden', performance.now())
  }
  note()
  document.addEventListener('visibilitychange', note)
  return () => document.removeEventListener('visibilitychange', note)
}
