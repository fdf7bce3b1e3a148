import { describe, expect, it } from 'vitest'
import {
  CENTRE_BIN,
  decodeAction,
  NEUTRAL_ACTION,
  RandomStream,
  REST_PITCH,
  rootKey,
  startState,
} from '../island/index.ts'
import { AutoregressiveNoise } from './autoregressive-noise.ts'
import { DelayedObserver, type Percept } from './delayed-observer.ts'
import { MotorModel, nothing } from './hands.ts'
import { sampleTraits } from './traits.ts'

const RANDOM = new RandomStream(rootKey(3))
const KNOWN: Percept = { x: 0, z: 0, cameraYaw: 0, cameraPitch: REST_PITCH, attack: 0, swims: 0 }

function hands(skill: number): MotorModel {
  return new MotorModel(sampleTraits(skill, RANDOM), new RandomStream(rootKey(8)))
}

describe('hands', () => {
  it('leave the gamepad at rest when nothing is intended', () => {
    const pair = hands(0)
    for (let i = 0; i < 20; i++) expect(pair.press(nothing(), KNOWN)).toBe(NEUTRAL_ACTION)
  })

  it('turn towards the heading and push forward', () => {
    const left = decodeAction(hands(1).press({ ...nothing(), heading: 0.4, pace: 1 }, KNOWN))
    expect(left.rightX).toBeLessThan(CENTRE_BIN)
    expect(left.leftY).toBe(10)
    const right = decodeAction(hands(1).press({ ...nothing(), heading: -0.4, pace: 1 }, KNOWN))
    expect(right.rightX).toBeGreaterThan(CENTRE_BIN)
  })

  it('tremble more the clumsier they are', () => {
    const off = (skill: number) => {
      const pair = hands(skill)
      const pressed = Array.from({ length: 500 }, () =>
        decodeAction(pair.press({ ...nothing(), heading: 0, pace: 1 }, KNOWN)),
      )
      return pressed.filter(({ leftX }) => leftX !== CENTRE_BIN).length
    }
    expect(off(0)).toBeGreaterThan(off(1) + 50)
  })
})

describe('eyes', () => {
  it('see the state of lag decisions ago', () => {
    const eyes = new DelayedObserver(2, 0)
    const state = startState({ start: 'spawn', seed: 1 })
    const seen: number[] = []
    for (let i = 0; i < 5; i++) {
      state.x = i
      seen.push(eyes.see(state).x)
    }
    expect(seen).toEqual([0, 0, 0, 1, 2])
  })

  it('predict motion in progress, but not a fall into the sea', () => {
    const eyes = new DelayedObserver(1, 1)
    const state = { ...startState({ start: 'spawn', seed: 1 }), x: 0 }
    eyes.see(state)
    expect(eyes.see({ ...state, x: 5 }).x).toBe(5)
    expect(eyes.see({ ...state, x: 0, swims: 1 }).x).toBe(5)
    expect(eyes.see({ ...state, x: 0, swims: 1 }).swims).toBe(1)
  })
})

describe('wavering', () => {
  it('has mean 0, variance 1 and autocorrelation', () => {
    const noise = new AutoregressiveNoise(0.8, new RandomStream(rootKey(1)))
    const values = Array.from({ length: 20_000 }, () => noise.next())
    const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length
    expect(Math.abs(mean(values))).toBeLessThan(0.06)
    expect(mean(values.map((x) => x * x))).toBeCloseTo(1, 0)
    const products = values.slice(1).map((x, i) => x * (values[i] ?? 0))
    expect(Math.abs(mean(products) - 0.8)).toBeLessThan(0.08)
  })
})

describe('traits', () => {
  it('have whole lags from 1 to 3 decisions, shorter for skilled players', () => {
    const lags = (skill: number) =>
      Array.from({ length: 300 }, () => sampleTraits(skill, RANDOM).lag)
    expect(new Set([...lags(0), ...lags(0.5), ...lags(1)])).toEqual(new Set([1, 2, 3]))
    const mean = (list: number[]) => list.reduce((sum, lag) => sum + lag, 0) / list.length
    expect(mean(lags(0))).toBeGreaterThan(mean(lags(1)) + 1)
  })
})
