/** Pairs in a fixed order, which follows from the study alone: a reload shows the pair that comes next. */
import type { Label, ScheduledPair, Session, ShownPair } from '../../../alignment/labels/index.ts'
import type { PairSource } from '../pair-queue.ts'

export class ListedPairs implements PairSource {
  readonly #pairs: readonly ScheduledPair[]

  constructor(pairs: readonly ScheduledPair[]) {
    this.#pairs = pairs
  }

  next(_session: Session, shown: readonly ShownPair[]): ScheduledPair | undefined {
    return this.#pairs[shown.length]
  }

  /** Returns true: all clips are there from the start. */
  isComplete(): boolean {
    return true
  }

  counts({ id }: Session, label: Label): boolean {
    return label.session === id
  }

  async study(): Promise<boolean> {
    return false
  }
}
