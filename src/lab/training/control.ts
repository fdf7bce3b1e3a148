import type { TrainingPhase } from './protocol.ts'

/** Requests to pause, resume or stop a running training, and the phase it has reached. */
export class TrainingControl {
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

  /** Enters the phase `paused`; resolves when the training is resumed or stopped. */
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
