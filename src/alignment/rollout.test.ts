import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Beginning,
  encodeAction,
  Island,
  Renderer,
  replay,
  rootKey,
  splitKey,
} from '../island/index.ts'
import { parameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { renderClips } from './clips.ts'
import { PolicyRunner } from './policy-runner.ts'
import { playAll, type Rollout } from './rollout.ts'
import { DIAGONALLY, diagonalPolicy, TINY } from './testing/tiny-network.ts'

const layout = parameterLayout(TINY, 'policy')
const theta = diagonalPolicy(layout, rootKey(81))
const ACTION = encodeAction({ ...DIAGONALLY, jump: false, attack: false })

/** Returns the number of decisions until an episode that always takes `ACTION` ends. */
function decisionsOf(seed: number): number {
  const island = new Island({ start: 'past-jumppads', seed })
  while (!island.over) island.step(ACTION)
  return island.state.decision
}

/** Returns beginnings of which four soon end on a jumppad and one never does; the first comes twice. */
function chosenBeginnings(): Beginning[] {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed)
  const early = seeds.filter((seed) => decisionsOf(seed) < 20)
  const late = seeds.filter((seed) => decisionsOf(seed) === 100)
  return [early[0], early[0], late[0], early[1], early[2]].map((seed) => {
    if (seed === undefined) throw new Error('found no such beginning')
    return { start: 'past-jumppads', seed }
  })
}
const beginnings = chosenBeginnings()

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

async function played(islands: number): Promise<Rollout[]> {
  const runner = await PolicyRunner.create(device, { layout, parameters: theta }, islands)
  const episodes = await playAll({
    runner,
    renderer: new Renderer(),
    beginnings,
    temperature: 1,
    key: splitKey(rootKey(82), 'play'),
    keep: 'frames',
  })
  await runner.release()
  return episodes
}

describe('playAll', () => {
  it('plays each beginning to its end, and a repeated beginning in two different ways', async () => {
    const episodes = await played(5)
    expect(episodes.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
    for (const [index, { trajectory }] of episodes.entries()) {
      expect(trajectory).toMatchObject(beginnings[index] ?? {})
      const again = replay(trajectory)
      expect(again.ending).toBe(trajectory.ending)
      expect(again.path).toEqual(trajectory.path)
      expect(trajectory.ending === 'none').toBe(trajectory.actions.length === 100)
      expect(trajectory.logProbabilities.length).toBe(trajectory.actions.length)
    }
    const lengths = new Set(episodes.map(({ trajectory }) => trajectory.actions.length))
    expect(lengths.size).toBeGreaterThan(2)
    expect(episodes[0]?.trajectory.actions).not.toEqual(episodes[1]?.trajectory.actions)
  })

  it('keeps the observed frames, and does not depend on the number of islands played at once', async () => {
    const one = await played(3)
    const other = await played(2)
    for (const [index, { trajectory, frames }] of one.entries()) {
      expect(other[index]?.trajectory.actions).toEqual(trajectory.actions)
      // An episode keeps its own cache, whichever slot it was moved to.
      for (const [decision, found] of trajectory.logProbabilities.entries()) {
        const expected = other[index]?.trajectory.logProbabilities[decision] ?? 9
        expect(Math.abs(found - expected)).toBeLessThan(2e-5)
      }
      expect(Buffer.compare(other[index]?.frames ?? frames.subarray(1), frames)).toBe(0)
      const rendered = renderClips([trajectory], trajectory.actions.length, new Renderer())
      expect(Buffer.compare(frames, rendered.frames)).toBe(0)
    }
  })
})
