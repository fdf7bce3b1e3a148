import { expect, it } from 'vitest'
import { replay, rootKey, startState, WORLD_VERSION } from '../../island/index.ts'
import { playEpisode } from '../../players/index.ts'
import { recordedEpisodes } from './episode-sources.ts'

const played = playEpisode(rootKey(5))

it('plays a recording as recorded, to its ending', async () => {
  const agent = recordedEpisodes([played])
  const { start, seed, actions } = played
  expect(await agent.start({ start, seed, temperature: 1 })).toEqual(startState({ start, seed }))
  const steps = []
  for (const _ of actions) steps.push(await agent.step())
  const { path, ending } = replay(played)
  expect(steps.at(-1)?.ending).toBe(ending)
  expect(steps.slice(0, -1).every((step) => step.ending === undefined)).toBe(true)
  expect(Math.fround(steps.at(-1)?.state.x ?? 0)).toBe(path.at(-2))
  expect(steps.map(({ action }) => action)).toEqual([...actions])
  await expect(agent.step()).rejects.toThrow(/nothing left/)
})

it('reports which recording is missing', async () => {
  const agent = recordedEpisodes([{ ...played, worldVersion: WORLD_VERSION }])
  await expect(agent.start({ start: played.start, seed: 0, temperature: 1 })).rejects.toThrow(
    /no recording from .* seed 0/,
  )
  await expect(agent.step()).rejects.toThrow(/nothing left/)
})
