/** Desk on which a labeller answers the pairs that a study assigns. */

import type { Session } from '../../../alignment/labels/index.ts'
import { agreementWithGolden } from '../../../evaluation/label-statistics.ts'
import type { Sitting } from '../../../storage/index.ts'
import { clipsOfStudy, type PreparedStudy, scheduleOf } from '../../../study/index.ts'
import { answeredIn, clipsOf, labelGiven } from '../answering.ts'
import type { Answer } from '../answers.ts'
import { AwayClock, noteHiding } from '../away-clock.ts'
import type { DeskControls, LabelStorage } from '../desk-controls.ts'
import { PairQueue } from '../pair-queue.ts'
import { useDesk } from '../store.ts'
import { useView } from '../view.ts'
import { ListedPairs } from './listed-pairs.ts'
import { useParticipation } from './store.ts'

/** Minimum number of golden pairs answered before anybody is asked to stop, where there are that many. */
const FEWEST_GOLDEN = 3

interface PairsDeskOptions {
  readonly study: PreparedStudy
  readonly slot: number
  readonly session: Session
  readonly storage: LabelStorage
  /** Whether clips stand still until they are played. */
  readonly still: boolean
  /** Called when no further pair is to be answered, as the answers are being saved. */
  onEnd(why: NonNullable<Sitting['why']>): void
}

export class PairsDesk implements DeskControls {
  readonly pairs: PairQueue
  readonly storage: LabelStorage
  readonly #options: PairsDeskOptions
  readonly #away = new AwayClock()
  readonly #endNoting: () => void
  readonly #count: number
  #ended = false

  constructor(options: PairsDeskOptions) {
    const { study, slot, session, storage, still } = options
    this.#options = options
    this.storage = storage
    const schedule = scheduleOf(study, slot)
    this.#count = schedule.length
    const clips = clipsOfStudy(study)
    this.#endNoting = noteHiding(this.#away)
    this.pairs = new PairQueue(
      { pairs: new ListedPairs(schedule), clips, labels: () => storage.labels },
      { still, away: this.#away, speed: () => useView.getState().speed },
    )
    const { answers: scale, reasons } = study
    useDesk.setState({ phase: 'ready', session, begun: true, scale, reasons, onDesk: undefined })
    this.pairs.take([...clips.values()])
    this.#endIfDue()
  }

  dispose(): void {
    this.#endNoting()
    this.pairs.dispose()
  }

  answer(answer: Answer, at: number): void {
    const { onDesk } = useDesk.getState()
    const label = this.#ended ? undefined : labelGiven(this.pairs, answer, at)
    if (!onDesk || !label) return
    this.pairs.advance(label)
    this.storage.add({ label, session: this.#options.session, clips: clipsOf(onDesk) })
    this.#endIfDue()
    if (label.corrects === undefined) this.#suggestBreak()
  }

  begin(): void {}

  back(): void {
    if (!this.#ended) this.pairs.back()
  }

  /** Returns from a break to the pair on the desk. */
  endBreak(): void {
    useParticipation.setState({ breakAfter: undefined })
    this.#away.comeBack('break', performance.now())
    this.pairs.resume()
  }

  #suggestBreak(): void {
    const { breakEvery } = this.#options.study
    const { session, log } = useDesk.getState()
    const answered = session ? answeredIn(session, log) : 0
    if (this.#ended || breakEvery === 0 || answered % breakEvery !== 0) return
    this.#away.leave('break', performance.now())
    useParticipation.setState({ breakAfter: answered })
  }

  #endIfDue(): void {
    const why = this.#endedBy()
    if (this.#ended || why === undefined) return
    this.#ended = true
    this.pairs.clear()
    this.#options.onEnd(why)
  }

  #endedBy(): Sitting['why'] {
    const { golden } = this.#options.study
    const { log, session } = useDesk.getState()
    if (golden?.below === 'stop') {
      const { of, share } = agreementWithGolden(log)
      if (of >= Math.min(FEWEST_GOLDEN, golden.pairs) && of > 0 && share < golden.least) {
        return 'golden pairs missed'
      }
    }
    return session && answeredIn(session, log) >= this.#count ? 'all answered' : undefined
  }
}
