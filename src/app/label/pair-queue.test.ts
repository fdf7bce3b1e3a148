import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Clip, Label, Session } from '../../alignment/labels/index.ts'
import { madeUpClip, madeUpSession } from '../../alignment/labels/testing/made-up-labels.ts'
import { drawFrame, installDrawnFrames } from '../testing/drawn-frames.ts'
import { labelOf } from './answering.ts'
import { AwayClock } from './away-clock.ts'
import { PairQueue, type PairSource } from './pair-queue.ts'
import { PairPicker } from './picker.ts'
import { type PairOnDesk, useDesk } from './store.ts'

const POOL = Array.from({ length: 120 }, (_, n) => madeUpClip(n))
const EMPTY_DESK = useDesk.getInitialState()

beforeEach(() => {
  vi.useFakeTimers()
  installDrawnFrames()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  useDesk.setState(EMPTY_DESK, true)
})

/** Opens a desk on a session with the answers that this browser has. */
function openDesk(answers: readonly Label[] = [], pool: readonly Clip[] = POOL) {
  const session: Session = madeUpSession({
    settings: { ...madeUpSession().settings, reShowEvery: 4, reShowGap: 2 },
  })
  const labels = [...answers]
  const picker = new PairPicker(() => Promise.reject(new Error('No reward model was expected.')))
  const away = new AwayClock()
  const clips = new Map(POOL.map((clip) => [clip.id, clip]))
  useDesk.setState({ ...EMPTY_DESK, session, begun: true }, true)
  const queue = new PairQueue(
    { pairs: picker, clips, labels: () => labels },
    { still: false, away, speed: () => 1 },
  )
  queue.take(pool)
  queue.begin()
  vi.runAllTimers()
  /** Answers the pair on the desk `after` milliseconds from its first frame. */
  const answer = (verdict: 'left' | 'right' | 'tie', after = 500): Label | undefined => {
    const circumstances = queue.circumstances(performance.now() + after)
    if (!circumstances) return undefined
    const label = labelOf(
      shown(),
      session,
      { answer: verdict, scale: 'two-way', reasons: [] },
      circumstances,
    )
    labels.push(label)
    queue.advance(label)
    vi.runAllTimers()
    return label
  }
  return { queue, answer, labels, away }
}

function shown(): PairOnDesk {
  const { onDesk } = useDesk.getState()
  if (!onDesk) throw new Error('No pair is on the desk.')
  return onDesk
}

const ids = ({ pair: { first, second, left, kind } }: PairOnDesk) => [first, second, left, kind]

/** Draws the next frame, and waits until it is on screen. */
function frame(): void {
  vi.advanceTimersByTime(16)
  drawFrame(performance.now())
  vi.runAllTimers()
}

describe('the pair queue', () => {
  it('ignores answers to a pair that has been on screen for less than a tenth of a second', () => {
    const { queue, answer } = openDesk()
    expect(answer('left', 5000)).toBeUndefined()
    frame()
    expect(answer('left', 99)).toBeUndefined()
    queue.replay()
    expect(answer('left', 100)).toMatchObject({ responseMs: 100, replays: 1 })
    // The next pair has no frame yet, however fast a key repeats.
    expect(answer('left', 5000)).toBeUndefined()
    frame()
    expect(answer('tie', 700)).toMatchObject({ responseMs: 700, replays: 0 })
  })

  it('does not count the time in which the labeller is away', () => {
    const { answer, away } = openDesk()
    frame()
    away.leave('hidden', performance.now() + 50)
    // Nobody answers a pair that was seen for 90 milliseconds in all.
    expect(answer('left', 5000)).toBeUndefined()
    away.comeBack('hidden', performance.now() + 4050)
    expect(answer('left', 4090)).toBeUndefined()
    expect(answer('left', 4700)).toMatchObject({ responseMs: 700, awayMs: 4000 })
    frame()
    expect(answer('left', 700)).not.toHaveProperty('awayMs')
  })

  it('shows the same pairs after a reload as without one, wherever it happens', () => {
    const { answer, labels } = openDesk()
    const order = [ids(shown())]
    for (let n = 0; n < 14; n++) {
      frame()
      expect(answer(n % 3 === 0 ? 'tie' : 'left')).toBeDefined()
      order.push(ids(shown()))
    }
    expect(order.some(([, , , kind]) => kind === 're-show')).toBe(true)
    for (const reloadedAfter of [1, 4, 9, 14]) {
      const { queue } = openDesk(labels.slice(0, reloadedAfter))
      expect(ids(shown())).toEqual(order[reloadedAfter])
      expect(shown().number).toBe(reloadedAfter + 1)
      queue.dispose()
    }
  })

  it('goes back pair by pair, accepts a correction, and returns to the pair it left', () => {
    const { queue, answer } = openDesk()
    const answered: (Label | undefined)[] = []
    for (let n = 0; n < 3; n++) {
      frame()
      answered.push(answer('left'))
    }
    const newest = ids(shown())
    queue.back()
    queue.back()
    expect(shown()).toMatchObject({ number: 2, revisits: { id: answered[1]?.id } })
    queue.leave()
    expect(ids(shown())).toEqual(newest)
    queue.revisit(answered[0] as Label)
    frame()
    const correction = answer('right')
    expect(correction).toMatchObject({ corrects: answered[0]?.id, kind: answered[0]?.kind })
    expect(correction?.verdict).not.toBe(answered[0]?.verdict)
    expect(ids(shown())).toEqual(newest)
    expect(shown().number).toBe(4)
  })

  it('says why it could not learn from the answers until it could, not until it has nothing to learn', async () => {
    const study = vi.fn<PairSource['study']>()
    const pairs: PairSource = {
      next: () => undefined,
      isComplete: () => true,
      counts: () => true,
      study,
    }
    const queue = new PairQueue(
      { pairs, clips: new Map(), labels: () => [] },
      { still: false, away: new AwayClock(), speed: () => 1 },
    )
    useDesk.setState({ ...EMPTY_DESK, session: madeUpSession(), begun: true }, true)
    const problemAfter = async (result: Promise<boolean>) => {
      study.mockReturnValueOnce(result)
      queue.study()
      await vi.advanceTimersByTimeAsync(0)
      return useDesk.getState().learnProblem
    }
    expect(await problemAfter(Promise.reject(new Error('The worker ended.')))).toBe(
      'The worker ended.',
    )
    expect(await problemAfter(Promise.resolve(false))).toBe('The worker ended.')
    expect(await problemAfter(Promise.resolve(true))).toBeUndefined()
    // A desk that was left says nothing on the next one.
    queue.dispose()
    expect(await problemAfter(Promise.reject(new Error('The page was left.')))).toBeUndefined()
  })

  it('keeps the pair on screen while more clips are played, and waits when there are too few', () => {
    const { queue, answer } = openDesk([], POOL.slice(0, 1))
    expect(useDesk.getState()).toMatchObject({ onDesk: undefined, exhausted: false })
    queue.take(POOL.slice(0, 100))
    vi.runAllTimers()
    const { reels } = shown()
    frame()
    queue.take(POOL)
    vi.runAllTimers()
    expect(shown().reels).toBe(reels)
    expect(answer('left')).toMatchObject({ responseMs: 500 })
  })
})
