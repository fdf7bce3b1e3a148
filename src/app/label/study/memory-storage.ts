/** Storage that keeps answers in memory only, for practice and for the researcher's trial. */
import type { Label } from '../../../alignment/labels/index.ts'
import type { LabelEntry } from '../../../storage/index.ts'
import type { LabelStorage } from '../desk-controls.ts'

export class MemoryStorage implements LabelStorage {
  labels: Label[] = []

  add({ label }: LabelEntry): void {
    this.labels = [...this.labels, label]
  }

  /** Forgets all answers. */
  clear(): void {
    this.labels = []
  }

  drained(): Promise<void> {
    return Promise.resolve()
  }

  retry(): void {}

  dismiss(): void {}
}
