import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawFrame, installDrawnFrames } from '../testing/drawn-frames.ts'
import { LONGEST_GAP_SECONDS } from './clock.ts'
import { type Motion, type Playable, Player, type PlayerOptions } from './player.ts'

// Time of the last frame in milliseconds.
let now = 0

beforeEach(() => {
  now = 1000
  installDrawnFrames()
})

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Draws the next frame, a number of milliseconds after the previous one. */
function frame(milliseconds: number): void {
  now += milliseconds
  drawFrame(now)
}

/** Picture of one second, in tenths. */
class Picture implements Playable {
  time = 0
  readonly end = 10
  cuts = 0

  cut(time = 0): void {
    this.time = time
    this.cuts++
  }

  advance(seconds: number): boolean {
    this.time = Math.min(this.end, this.time + 10 * seconds)
    return this.time < this.end
  }
}

function player(options: Partial<PlayerOptions<Picture>> = {}) {
  const motions: Motion[] = []
  const playing = new Player<Picture>({ onMotion: (motion) => motions.push(motion), ...options })
  return { playing, motions, picture: new Picture() }
}

describe('a player', () => {
  it('plays from the second frame to the end, and reports when it starts and stops', () => {
    const { playing, motions, picture } = player()
    playing.show(picture, false)
    frame(0)
    expect(picture.time).toBe(0)
    for (let n = 0; n < 5; n++) frame(100)
    expect(picture.time).toBeCloseTo(5)
    for (let n = 0; n < 9; n++) frame(100)
    expect(picture.time).toBe(10)
    expect(motions).toEqual([
      { playing: true, paused: false },
      { playing: false, paused: false },
    ])
  })

  it('does not catch up on the time in a hidden tab', () => {
    const { playing, picture } = player()
    playing.show(picture, false)
    frame(0)
    frame(60_000)
    expect(picture.time).toBeCloseTo(10 * LONGEST_GAP_SECONDS)
  })

  it('pauses, resumes, and restarts from its end', () => {
    const { playing, motions, picture } = player()
    playing.show(picture, false)
    frame(0)
    frame(200)
    playing.toggle()
    frame(200)
    expect(picture.time).toBeCloseTo(2)
    expect(motions.at(-1)).toEqual({ playing: false, paused: true })
    playing.toggle()
    for (let n = 0; n < 5; n++) frame(200)
    expect(picture.time).toBe(10)
    playing.toggle()
    expect([picture.time, picture.cuts]).toEqual([0, 2])
  })

  it('stands still at the end with reduced motion, until it is played', () => {
    const { playing, motions, picture } = player()
    playing.show(picture, true)
    frame(0)
    frame(200)
    expect(picture.time).toBe(10)
    expect(motions).toEqual([{ playing: false, paused: false }])
    playing.replay()
    frame(200)
    expect(picture.time).toBeCloseTo(2)
  })

  it('follows its speed, and seeks to a time', () => {
    const seen: number[] = []
    const { playing, picture } = player({ speed: () => 2, onTime: ({ time }) => seen.push(time) })
    playing.show(picture, false)
    frame(0)
    frame(100)
    expect(picture.time).toBeCloseTo(2)
    playing.seek(7)
    expect(seen.at(-1)).toBe(7)
    frame(100)
    expect(picture.time).toBeCloseTo(9)
  })

  it('reports a first frame after drawing it, once per picture', async () => {
    const first = vi.fn()
    const { playing, picture } = player({ onFirstFrame: first })
    playing.show(picture, false)
    expect(first).not.toHaveBeenCalled()
    frame(0)
    frame(16)
    await vi.waitFor(() => expect(first).toHaveBeenCalledOnce())
    expect(first).toHaveBeenCalledWith(picture, expect.any(Number))
  })

  it('draws nothing after it is disposed of', () => {
    const { playing, picture } = player()
    playing.show(picture, false)
    frame(0)
    playing.dispose()
    frame(100)
    expect(picture.time).toBe(0)
  })
})
