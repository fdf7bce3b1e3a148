import { expect, it } from 'vitest'
import { RandomStream, rootKey } from './key.ts'
import { createLook, type Look } from './look.ts'
import { FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'
import { Renderer } from './renderer.ts'
import { type IslandState, START_KINDS, startState } from './state.ts'
import { HOME } from './world.ts'

function standing(x: number, z: number, yaw = 0): IslandState {
  return { ...startState({ start: 'spawn', seed: 1 }), x, z, facing: yaw, cameraYaw: yaw }
}

function frameOf(state: IslandState, look: Look, renderer = new Renderer()): Uint8Array {
  const frame = new Uint8Array(FRAME_BYTES)
  renderer.render(state, look, frame)
  return frame
}

/** Returns the pixels (x, y) at which two frames differ by more than `least` in a channel. */
function differences(a: Uint8Array, b: Uint8Array, least: number): { x: number; y: number }[] {
  const places: { x: number; y: number }[] = []
  for (let pixel = 0; pixel < FRAME_WIDTH * FRAME_HEIGHT; pixel++) {
    const differs = [0, 1, 2].some((channel) => {
      const at = 3 * pixel + channel
      return Math.abs((a[at] ?? 0) - (b[at] ?? 0)) > least
    })
    if (differs) places.push({ x: pixel % FRAME_WIDTH, y: Math.floor(pixel / FRAME_WIDTH) })
  }
  return places
}

/** Returns the look without scenery, and the same with ramps of another colour. */
function repainted(look: Look): { before: Look; after: Look } {
  const before = { ...look, scenery: [] }
  const jumppad = { ...look.materials.jumppad, slope: [0, 60, 255] as const }
  return { before, after: { ...before, materials: { ...look.materials, jumppad } } }
}

function anywhere(random: RandomStream): IslandState {
  const state = startState({ start: random.pick(START_KINDS), seed: random.below(1000) })
  state.decision = random.below(100)
  state.cameraYaw = random.range(-3, 3)
  state.cameraPitch = random.range(-0.7, 0.35)
  state.x += random.range(-3, 3)
  state.y = random.chance(0.3) ? random.range(-1.4, 1.1) : 0
  state.grounded = state.y === 0
  state.attack = random.pick([0, 0, 0.3])
  return state
}

it('draws the same bytes again, whatever the renderer drew before', () => {
  const random = new RandomStream(rootKey(5))
  const reused = new Renderer()
  for (let i = 0; i < 60; i++) {
    const state = anywhere(random)
    const seed = random.below(20)
    const frame = frameOf(state, createLook(HOME, seed), reused)
    expect(frame).toEqual(frameOf(state, createLook(HOME, seed)))
  }
})

it('writes one frame at the offset and nothing else', () => {
  const state = standing(0, -4)
  const look = createLook(HOME, 3)
  const out = new Uint8Array(3 * FRAME_BYTES).fill(7)
  new Renderer().render(state, look, out, FRAME_BYTES)
  expect(out.subarray(FRAME_BYTES, 2 * FRAME_BYTES)).toEqual(frameOf(state, look))
  expect(out.subarray(0, FRAME_BYTES).every((byte) => byte === 7)).toBe(true)
  expect(out.subarray(2 * FRAME_BYTES).every((byte) => byte === 7)).toBe(true)
})

it('refuses a buffer that is too small', () => {
  const out = new Uint8Array(FRAME_BYTES)
  expect(() => new Renderer().render(standing(0, 0), createLook(HOME, 1), out, 1)).toThrow(
    'Cannot draw a frame at byte 1 of 6144: it needs 6144 bytes from there.',
  )
})

it('draws detail everywhere, and a different picture for every look', () => {
  const random = new RandomStream(rootKey(8))
  for (let i = 0; i < 60; i++) {
    const state = anywhere(random)
    const frame = frameOf(state, createLook(HOME, i))
    expect(new Set(frame).size).toBeGreaterThan(10)
    const other = frameOf(state, createLook(HOME, i + 1000))
    expect(differences(frame, other, 16).length).toBeGreaterThan(500)
  }
})

it('draws a different frame after a step and after a turn of the camera', () => {
  const look = createLook(HOME, 11)
  const frame = frameOf(standing(0, -12), look)
  expect(differences(frame, frameOf(standing(0, -12.6), look), 16).length).toBeGreaterThan(40)
  expect(differences(frame, frameOf(standing(0, -12, 0.2), look), 16).length).toBeGreaterThan(200)
})

it('shows the character in the lower middle, covering little of the picture', () => {
  for (let seed = 0; seed < 20; seed++) {
    const look = createLook(HOME, seed)
    const dressed = (colour: readonly [number, number, number]): Look => {
      const outfit = { skin: colour, shirt: colour, trousers: colour, pack: colour }
      return { ...look, materials: { ...look.materials, outfit } }
    }
    const state = standing(0, -12)
    const [pale, dark] = [dressed([255, 255, 255]), dressed([0, 0, 0])]
    const places = differences(frameOf(state, pale), frameOf(state, dark), 30)
    expect(places.length).toBeGreaterThan(25)
    expect(places.length).toBeLessThan(0.06 * FRAME_WIDTH * FRAME_HEIGHT)
    for (const { x, y } of places) {
      expect(Math.abs(x + 0.5 - FRAME_WIDTH / 2)).toBeLessThan(6)
      expect(y).toBeGreaterThan(FRAME_HEIGHT / 2)
    }
  }
})

it('shows how the character turns, jumps and strikes', () => {
  const look = createLook(HOME, 4)
  const state = standing(0, -12)
  const frame = frameOf(state, look)
  for (const change of [{ facing: 1.6 }, { y: 0.8, grounded: false }, { attack: 0.25 }]) {
    const changed = frameOf({ ...state, ...change }, look)
    expect(differences(frame, changed, 16).length).toBeGreaterThan(5)
  }
})

/** Returns the visible ramp pixels in a state: those that change with the ramps' colour. */
function rampPixels(state: IslandState, seed: number): { x: number; y: number }[] {
  const { before, after } = repainted(createLook(HOME, seed))
  return differences(frameOf(state, before), frameOf(state, after), 40)
}

it.each([
  { from: 'a spawn', state: standing(1.5, 2.5), least: 2 },
  { from: 'the neck', state: standing(0, -6), least: 4 },
  { from: 'the head', state: standing(0, -19), least: 8 },
])('shows ramps from $from', ({ state, least }) => {
  for (let seed = 0; seed < 20; seed++) {
    const places = rampPixels(state, seed)
    const ahead = places.filter(({ x }) => Math.abs(x - FRAME_WIDTH / 2) < 8)
    expect(ahead.length, `seed ${seed}`).toBeGreaterThanOrEqual(least)
  }
})

it('shows the left and right ramps from the neck, on the correct sides', () => {
  for (let seed = 0; seed < 20; seed++) {
    const places = rampPixels(standing(0, -6), seed)
    const left = places.filter(({ x }) => x < FRAME_WIDTH / 2 - 8).length
    const right = places.filter(({ x }) => x > FRAME_WIDTH / 2 + 8).length
    expect(left).toBeGreaterThanOrEqual(4)
    expect(Math.abs(left - right)).toBeLessThanOrEqual(4)
  }
})
