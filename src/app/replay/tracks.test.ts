import { expect, it } from 'vitest'
import { WORLD_VERSION } from '../../island/index.ts'
import { decodeActions } from '../../procedure/episode-record.ts'
import { madeUpResults } from '../../procedure/testing/made-up-results.ts'
import { replayedStates } from './film.ts'
import { tracksOf } from './tracks.ts'

const EPISODES = madeUpResults(3).trajectories[0]?.episodes ?? []

it('replays a few episodes at a time until all are available', () => {
  const list = tracksOf(EPISODES, WORLD_VERSION)
  list.replayFor(0)
  expect(list.tracks).toHaveLength(1)
  list.replayFor(1_000)
  expect(list.tracks.map(({ ending }) => ending)).toEqual(EPISODES.map(({ ending }) => ending))
  expect(list.broken).toBe(0)
  expect(tracksOf(EPISODES, WORLD_VERSION)).toBe(list)
})

it('leaves out episodes that do not replay as recorded', async () => {
  const [first, ...rest] = EPISODES
  if (!first) throw new Error('The made-up results have an episode.')
  const ending = first.ending === 'left' ? 'right' : 'left'
  const list = tracksOf([{ ...first, ending }, ...rest], WORLD_VERSION)
  list.replayFor(1_000)
  expect([list.tracks.length, await list.brokenInAll]).toEqual([2, 1])
  const elsewhere = tracksOf([...EPISODES], WORLD_VERSION + 1)
  elsewhere.replayFor(1_000)
  expect([elsewhere.tracks.length, elsewhere.broken]).toEqual([0, 3])
})

it('returns the same states for an episode as its path has', () => {
  const [first] = EPISODES
  if (!first) throw new Error('The made-up results have an episode.')
  const list = tracksOf([first], WORLD_VERSION)
  list.replayFor(1_000)
  const path = replayedStates({ ...first, actions: decodeActions(first.actions) }).flatMap(
    ({ x, z }) => [Math.fround(x), Math.fround(z)],
  )
  expect(path).toEqual([...(list.tracks[0]?.path ?? [])])
})
