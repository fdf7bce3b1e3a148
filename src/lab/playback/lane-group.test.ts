import { expect, it, vi } from 'vitest'
import { rootKey, splitKey } from '../../island/index.ts'
import { playEpisode } from '../../players/index.ts'
import { recordedEpisodes } from '../acting/episode-sources.ts'
import { Lane } from './lane.ts'
import { LaneGroup } from './lane-group.ts'

const settle = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Returns two lanes with the same recording, the second one cut short so that it never ends. */
function twoLanes() {
  const episode = playEpisode(splitKey(rootKey(1), 'one'))
  const lanes = [episode, { ...episode, actions: episode.actions.slice(0, 3) }].map(
    (each) => new Lane(recordedEpisodes([each]), vi.fn()),
  )
  return { lanes, choice: { start: episode.start, seed: episode.seed, temperature: 1 } }
}

/** Plays for a number of seconds, letting decisions arrive in between. */
async function play(group: LaneGroup, seconds: number) {
  const told = []
  for (let time = 0; time < seconds; time += 0.2) {
    told.push(...group.advance(0.2, 1))
    await settle()
  }
  return told
}

it('moves all lanes by one clock and reports whose decision it was', async () => {
  const { lanes, choice } = twoLanes()
  const group = new LaneGroup(lanes)
  expect(await group.start(choice)).toBe(true)
  await play(group, 0.2)
  const told = await play(group, 0.2)
  expect(told.map(({ lane, happening }) => [lane, happening.kind])).toEqual([
    [0, 'decision'],
    [0, 'decision'],
    [1, 'decision'],
    [1, 'decision'],
  ])
})

it('is finished when every lane is, and starts over', async () => {
  const { lanes, choice } = twoLanes()
  const [first, second] = lanes
  if (!first || !second) throw new Error('Two lanes were made.')
  const alone = new LaneGroup([first])
  await alone.start(choice)
  await play(alone, 30)
  expect(alone.finished).toBe(true)
  expect(await alone.start(choice)).toBe(true)
  expect(alone.finished).toBe(false)

  const both = new LaneGroup([first, second])
  await both.start(choice)
  await play(both, 30)
  expect(both.finished).toBe(false)
})

it('shows the same number of decisions for each agent, however late one of them is', async () => {
  const episode = playEpisode(splitKey(rootKey(1), 'one'))
  const quick = recordedEpisodes([episode])
  const late = recordedEpisodes([episode])
  let release: () => void = () => undefined
  let slow = false
  const lanes = [
    quick,
    {
      ...late,
      step: async () => {
        if (slow) await new Promise<void>((resolve) => (release = resolve))
        return late.step()
      },
    },
  ].map((worker) => new Lane(worker, vi.fn()))
  const group = new LaneGroup(lanes)
  await group.start({ start: episode.start, seed: episode.seed, temperature: 1 })
  const shown = () => lanes.map((lane) => lane.shown)
  // Both lanes have two decisions on their tapes; then the second one falls behind.
  group.advanceInStep(0, 1)
  await settle()
  slow = true
  for (let frame = 0; frame < 6; frame++) {
    group.advanceInStep(0.25, 1)
    await settle()
    expect(shown()[0]).toBe(shown()[1])
  }
  expect(group.held).toBe(true)
  const before = shown()[0] ?? 0
  slow = false
  release()
  await settle()
  group.advanceInStep(0.25, 1)
  expect(shown()[0]).toBeGreaterThan(before)
  expect(shown()[0]).toBe(shown()[1])
})

it('is not held back by a lane whose agent has stopped', async () => {
  const episode = playEpisode(splitKey(rootKey(1), 'one'))
  const lanes = [episode, episode].map((each) => new Lane(recordedEpisodes([each]), vi.fn()))
  const [first, second] = lanes
  const group = new LaneGroup(lanes)
  await group.start({ start: episode.start, seed: episode.seed, temperature: 1 })
  group.advanceInStep(0, 1)
  await settle()
  second?.stop()
  for (let frame = 0; frame < 4; frame++) {
    group.advanceInStep(0.1, 1)
    await settle()
  }
  expect(first?.shown).toBeGreaterThan(2)
  expect(group.held).toBe(false)
})
