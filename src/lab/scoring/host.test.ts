import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RewardModel } from '../../alignment/index.ts'
import { rootKey, splitKey } from '../../island/index.ts'
import {
  exportModel,
  importModel,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
} from '../../network/index.ts'
import { playEpisode } from '../../players/index.ts'
import { renderEpisodes } from '../../procedure/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { fetchReward } from '../models/fetch-model.ts'
import { createScoringHost } from './host.ts'

const device = await createNativeDevice({ threads: 1 })
const layout = parameterLayout(NETWORK_SIZES.nano, 'reward')
const bytes = exportModel(layout, initialParameters(layout, rootKey(3)), {
  ...{ stage: 'reward-left', recipe: { deviation: 2.5 }, key: '3' },
})
const episodes = Array.from({ length: 10 }, (_, n) => playEpisode(splitKey(rootKey(1), n)))

const host = createScoringHost({
  openDevice: () => Promise.resolve(device),
  fetchReward,
  yieldToEvents: () => Promise.resolve(),
})

beforeAll(async () => {
  await expect(host.score(episodes, () => undefined)).rejects.toThrow('No reward model is open')
  expect(await host.open({ kind: 'bytes', bytes })).toEqual({ scale: 2.5 })
})

afterAll(() => device.close())

describe('the scoring worker', () => {
  it('gives the running reward of every decision, and says how many episodes are done', async () => {
    const done: number[] = []
    const found = await host.score(episodes, (count) => done.push(count))
    expect(done).toEqual([8, 10])
    const model = await RewardModel.create(device, layout, importModel(bytes).parameters)
    const whole = await model.rewards(renderEpisodes(episodes))
    await model.release()
    for (const [index, { actions }] of episodes.entries()) {
      expect(found?.[index]).toHaveLength(actions.length)
      expect(found?.[index]?.at(-1)).toBeCloseTo(whole[index] ?? Number.NaN, 4)
    }
  })

  it('shows what changes the running reward at a decision', async () => {
    const [episode] = episodes
    if (!episode) throw new Error('There is no episode')
    const [running] = (await host.score([episode], () => undefined)) ?? []
    const order = { episode, decision: 5, where: 'all frames' } as const
    const map = await host.occlude(order, () => undefined)
    expect(map?.reward).toBeCloseTo(running?.[5] ?? Number.NaN, 4)
    expect(Math.max(...(map?.effects ?? []).map(Math.abs))).toBeGreaterThan(1e-4)
    await expect(host.occlude({ ...order, decision: 100 }, () => undefined)).rejects.toThrow(
      'expected one of the episode',
    )
  })

  it('stops between clips, and answers later calls', async () => {
    const stopped = host.score(episodes, () => void host.stop())
    expect(await stopped).toBeUndefined()
    expect(await host.score(episodes.slice(0, 1), () => undefined)).toHaveLength(1)
  })
})
