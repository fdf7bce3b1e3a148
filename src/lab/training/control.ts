import type { TrainingPhase } from './protocol.ts'

/** What is wanted of a training that is under way, and how far it has come with that. */
export class Wishes {
  #phase: Exclude<TrainingPhase, 'opening'> = 'training'
  #release: () => void = () => undefined
  #listener: () => void = () => undefined

  get phase(): Exclude<TrainingPhase, 'opening'> {
    return this.#phase
  }

  get isStopping(): boolean {
    return this.#phase === 'stopping'
  }

  get isPausing(): boolean {
    return this.#phase === 'pausing'
  }

  onChange(listener: () => void): void {
    this.#listener = listener
  }

  pause(): void {
    if (this.#phase === 'training') this.#become('pausing')
  }

  resume(): void {
    if (this.#phase === 'pausing' || this.#phase === 'paused') this.#become('training')
  }

  stop(): void {
    this.#become('stopping')
  }

  /** Holds until it is resumed or stopped. */
  hold(): Promise<void> {
    const released = new Promise<void>((resolve) => {
      this.#release = resolve
    })
    this.#become('paused')
    return released
  }

  #become(phase: Exclude<TrainingPhase, 'opening'>): void {
    this.#phase = phase
    if (phase !== 'paused') this.#release()
    this.#listener()
  }
}
