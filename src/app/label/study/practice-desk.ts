/** Desk for the practice of a study: every answer gets feedback, and none becomes a label. */
import { pairKey, type ScheduledPair, type Session } from '../../../alignment/labels/index.ts'
import { RandomStream, splitKey } from '../../../island/index.ts'
import { clipsOfStudy, type PreparedStudy, studyKey } from '../../../study/index.ts'
import { clipsOf, labelGiven } from '../answering.ts'
import type { Answer } from '../answers.ts'
import { AwayClock } from '../away-clock.ts'
import type { DeskControls } from '../desk-controls.ts'
import { PairQueue } from '../pair-queue.ts'
import { useDesk } from '../store.ts'
import { useView } from '../view.ts'
import { feedbackOn, neededRight, repeatedSentence } from './feedback.ts'
import { ListedPairs } from './listed-pairs.ts'
import { MemoryStorage } from './memory-storage.ts'
import { useParticipation } from './store.ts'

interface PracticeDeskOptions {
  readonly study: PreparedStudy
  readonly slot: number
  readonly session: Session
  /** Whether clips stand still until they are played. */
  readonly still: boolean
  /** Called with each answer. */
  onAnswer(right: boolean): void
  /** Called once enough pairs of a round were answered correctly. */
  onPassed(): void
}

export class PracticeDesk implements DeskControls {
  readonly pairs: PairQueue
  readonly storage = new MemoryStorage()
  readonly #options: PracticeDeskOptions
  /** Number of correct answers in this round. */
  #right = 0

  constructor(options: PracticeDeskOptions) {
    const { study, slot, session, still } = options
    this.#options = options
    const clips = clipsOfStudy(study)
    this.pairs = new PairQueue(
      {
        pairs: new ListedPairs(practicePairs(study, slot)),
        clips,
        labels: () => this.storage.labels,
      },
      { still, away: new AwayClock(), speed: () => useView.getState().speed },
    )
    const goal = study.practice.pairs
    useParticipation.setState({ feedback: undefined, repeated: undefined })
    useDesk.setState({
      ...{ phase: 'ready', session: { ...session, goal }, begun: true, onDesk: undefined },
      ...{ scale: study.answers, reasons: study.reasons },
    })
    this.pairs.take([...clips.values()])
  }

  dispose(): void {
    this.pairs.dispose()
  }

  /** Shows whether an answer is right; the pair stays on the desk until the labeller continues. */
  answer(answer: Answer, at: number): void {
    const { onDesk, session } = useDesk.getState()
    if (!onDesk || !session || useParticipation.getState().feedback) return
    const label = labelGiven(this.pairs, answer, at)
    if (!label) return
    const { first, second, left } = onDesk.pair
    const known = this.#options.study.material.practice.find(
      (each) => pairKey(each.first, each.second) === pairKey(first, second),
    )
    if (!known) return
    const feedback = feedbackOn(label.verdict, { ...known, left }, clipsOf(onDesk))
    this.storage.add({ label, session, clips: clipsOf(onDesk) })
    if (feedback.right) this.#right++
    this.#options.onAnswer(feedback.right)
    useParticipation.setState({ feedback, repeated: undefined })
    useDesk.setState({ announcement: `${feedback.sentence} Press Enter to continue.` })
  }

  /** Goes on after feedback: to the next pair, to another round, or out of the practice. */
  begin(): void {
    const label = this.storage.labels.at(-1)
    if (!useParticipation.getState().feedback || !label) return
    const { practice } = this.#options.study
    const isLast = this.storage.labels.length >= practice.pairs
    useParticipation.setState({ feedback: undefined })
    if (!isLast) this.pairs.advance(label)
    else if (this.#right >= neededRight(practice)) this.#options.onPassed()
    else this.#repeat()
  }

  #repeat(): void {
    const repeated = repeatedSentence(this.#right, this.#options.study.practice)
    this.#right = 0
    this.storage.clear()
    this.pairs.clear()
    this.pairs.beginAnew()
    const { announcement } = useDesk.getState()
    useParticipation.setState(({ failedRounds }) => ({
      ...{ repeated, failedRounds: failedRounds + 1 },
    }))
    useDesk.setState({ announcement: `${repeated} ${announcement}` })
  }
}

/** Returns the practice pairs of a slot in order, each with its clips on random sides. */
function practicePairs(study: PreparedStudy, slot: number): ScheduledPair[] {
  const random = new RandomStream(splitKey(studyKey(study, 'practice'), slot))
  return study.material.practice.slice(0, study.practice.pairs).map(({ first, second }) => ({
    ...{ first, second, kind: 'fresh', rule: 'random' },
    left: random.chance(0.5) ? 'first' : 'second',
  }))
}
