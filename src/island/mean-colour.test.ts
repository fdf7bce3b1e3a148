/**
 * Tests that mean colour cannot solve the task: the mean colour of a frame predicts neither the
 * place nor the jumppad. A linear probe (ridge regression on the mean red, green and blue, one
 * output per class) is trained on frames of many looks and evaluated on frames of held-out looks.
 */
import { expect, it } from 'vitest'
import { cos, sin } from './exact.ts'
import { RandomStream, rootKey } from './key.ts'
import { createLook } from './look.ts'
import { FRAME_BYTES, FRAME_PIXELS } from './observation.ts'
import { Renderer } from './renderer.ts'
import { type IslandState, startState } from './state.ts'
import { HOME } from './world.ts'

const FRAMES = 1500
const RIDGE = 1e-3
/** Maximum accuracy of the probe above chance. */
const MARGIN = 0.05

type Pose = (random: RandomStream) => { x: number; z: number; yaw: number }

function within(x0: number, x1: number, z0: number, z1: number): Pose {
  return (random) => ({
    x: random.range(x0, x1),
    z: random.range(z0, z1),
    yaw: random.range(-0.6, 0.6),
  })
}

/**
 * Spawn platform, neck, west and east half of the head, side platforms; all looking roughly north.
 */
const PLACES: Pose[] = [
  within(-4, 4, 0, 7),
  within(-2, 2, -7, -2),
  within(-9, -2, -26, -13),
  within(2, 9, -26, -13),
  (random) => {
    const pose = within(9, 17, -6, 2)(random)
    return random.chance(0.5) ? pose : { ...pose, x: -pose.x }
  },
]

/** Poses 2.5 to 9 m in front of each jumppad, walking roughly towards it. */
const APPROACHES: Pose[] = HOME.jumppads.map((pad) => (random) => {
  const distance = random.range(2.5, 9)
  const heading = pad.yaw + random.range(-0.4, 0.4)
  const x = pad.x + sin(heading) * distance
  const z = pad.z + cos(heading) * distance
  return { x, z, yaw: heading + random.range(-0.2, 0.2) }
})

/** Returns a constant 1 and the mean of each channel, shifted and scaled to about −1…1: [4]. */
function features(frame: Uint8Array): number[] {
  const sums = [0, 0, 0]
  frame.forEach((byte, i) => {
    sums[i % 3] = (sums[i % 3] ?? 0) + byte
  })
  return [1, ...sums.map((sum) => (sum / FRAME_PIXELS - 115) / 40)]
}

/** Renders FRAMES samples, each with its own look, cycling through the classes. */
function sample(classes: Pose[], seed: number) {
  const random = new RandomStream(rootKey(seed))
  const renderer = new Renderer()
  const frame = new Uint8Array(FRAME_BYTES)
  return Array.from({ length: FRAMES }, (_, i) => {
    const label = i % classes.length
    const pose = classes[label]?.(random) ?? { x: 0, z: 0, yaw: 0 }
    const state: IslandState = {
      ...startState({ start: 'spawn', seed: i }),
      ...pose,
      velocityZ: -5,
    }
    state.facing = pose.yaw
    state.cameraYaw = pose.yaw
    state.decision = random.below(100)
    renderer.render(state, createLook(HOME, seed * FRAMES + i), frame)
    return { label, inputs: features(frame) }
  })
}

type Sample = ReturnType<typeof sample>

/** Fits the weights [input][class] of a ridge regression on one-hot labels: (XᵀX + λI) W = XᵀY. */
function regress(samples: Sample, classes: number): number[][] {
  const size = samples[0]?.inputs.length ?? 0
  const rows = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size + classes }, (_, j): number => (i === j ? RIDGE : 0)),
  )
  for (const { label, inputs } of samples) {
    rows.forEach((row, i) => {
      inputs.forEach((input, j) => {
        row[j] = (row[j] ?? 0) + (inputs[i] ?? 0) * input
      })
      row[size + label] = (row[size + label] ?? 0) + (inputs[i] ?? 0)
    })
  }
  // Gauss–Jordan elimination; the matrix is positive definite, so no pivoting is needed.
  rows.forEach((row, i) => {
    const pivot = row[i] ?? 1
    row.forEach((value, j) => {
      row[j] = value / pivot
    })
    for (const other of rows) {
      if (other === row) continue
      const factor = other[i] ?? 0
      row.forEach((value, j) => {
        other[j] = (other[j] ?? 0) - factor * value
      })
    }
  })
  return rows.map((row) => row.slice(size))
}

function accuracy(weights: number[][], samples: Sample, classes: number): number {
  const right = samples.filter(({ label, inputs }) => {
    const scores = Array.from({ length: classes }, (_, k) =>
      inputs.reduce((sum, input, i) => sum + input * (weights[i]?.[k] ?? 0), 0),
    )
    return scores.indexOf(Math.max(...scores)) === label
  })
  return right.length / samples.length
}

it.each([
  { what: 'place', classes: PLACES, seed: 21 },
  { what: 'jumppad', classes: APPROACHES, seed: 23 },
])(
  'reveals nothing about the $what to a linear probe (looks of key $seed)',
  ({ classes, seed }) => {
    const weights = regress(sample(classes, seed), classes.length)
    const found = accuracy(weights, sample(classes, seed + 1), classes.length)
    expect(found).toBeLessThan(1 / classes.length + MARGIN)
  },
  60_000,
)
