import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  madeUpClip,
  madeUpLabel,
  madeUpSession,
} from '../../alignment/labels/testing/made-up-labels.ts'
import type { LabelEntry } from '../../storage/index.ts'
import { Outbox, type OutboxState, RETRY_MS } from './outbox.ts'

const entry = (n: number): LabelEntry => ({
  label: madeUpLabel(n),
  session: madeUpSession(),
  clips: [madeUpClip(1), madeUpClip(2)],
})

const WRONG = entry(2).label.id

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp() {
  const disk: string[] = []
  const saved: string[] = []
  const refused: string[] = []
  const disks = { full: false }
  let state: OutboxState = { unsaved: 0, problem: undefined }
  const outbox = new Outbox({
    save: async ({ label }) => {
      await Promise.resolve()
      if (disks.full) throw new Error('The disk is full.')
      if (label.id === WRONG) throw new RangeError('The label is wrong.')
      disk.push(label.id)
    },
    isFinal: (error) => error instanceof RangeError,
    onRefused: ({ label }) => refused.push(label.id),
    onSaved: ({ label }) => saved.push(label.id),
    onChange: (next) => {
      state = next
    },
  })
  return { outbox, disk, saved, refused, disks, state: () => state }
}

describe('the outbox', () => {
  it('saves in order, and counts an entry only after its commit', async () => {
    const { outbox, disk, saved, state } = setUp()
    for (const n of [1, 3, 4]) outbox.add(entry(n))
    expect(state().unsaved).toBe(3)
    expect(saved).toEqual([])
    await outbox.drained()
    expect(disk).toEqual([1, 3, 4].map((n) => entry(n).label.id))
    expect(saved).toEqual(disk)
    expect(state()).toEqual({ unsaved: 0, problem: undefined })
  })

  it('keeps entries that the disk refuses, says so, and saves them once there is room', async () => {
    const { outbox, disk, disks, state } = setUp()
    disks.full = true
    outbox.add(entry(1))
    outbox.add(entry(3))
    await vi.advanceTimersByTimeAsync(RETRY_MS - 1)
    expect(state()).toEqual({ unsaved: 2, problem: 'The disk is full.' })
    expect(disk).toEqual([])
    disks.full = false
    await vi.advanceTimersByTimeAsync(1)
    await outbox.drained()
    expect(disk).toHaveLength(2)
    expect(state().problem).toBeUndefined()
  })

  it('retries immediately on request or when another answer arrives', async () => {
    const { outbox, disk, disks } = setUp()
    disks.full = true
    outbox.add(entry(1))
    await vi.advanceTimersByTimeAsync(1)
    disks.full = false
    outbox.add(entry(3))
    await vi.advanceTimersByTimeAsync(1)
    expect(disk).toHaveLength(2)
  })

  it('sets aside an entry that can never be saved, and saves the entries after it', async () => {
    const { outbox, disk, refused, state } = setUp()
    for (const n of [1, 2, 3]) outbox.add(entry(n))
    await outbox.drained()
    expect(disk).toEqual([1, 3].map((n) => entry(n).label.id))
    expect(refused).toEqual([WRONG])
    expect(state()).toEqual({ unsaved: 0, problem: undefined })
  })
})
