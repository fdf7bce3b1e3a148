import { expect, it } from 'vitest'
import { FRAME_BYTES, HOME, startState, walkTo } from '../../island/index.ts'
import type { Policy } from './policy.ts'
import type { EpisodeChoice, OpenChoice } from './protocol.ts'
import { ActingSession } from './session.ts'

const CHOICE: OpenChoice = { model: { kind: 'url', url: 'model.onnx' }, device: 'wasm' }
const EPISODE: EpisodeChoice = { start: 'spawn', seed: 5, temperature: 1 }

/** Creates a session whose policy plays a list of actions and logs the calls made to it. */
function sessionWith(actions: readonly number[]) {
  const log: string[] = []
  let next = 0
  const policy: Policy = {
    reset: () => {
      log.push('reset')
      next = 0
    },
    rewind: (decisions) => {
      log.push(`rewind ${decisions}`)
      next = decisions
    },
    act: async (frame) => {
      log.push(`act on ${frame.length}`)
      return { action: actions[next++] ?? 0, probabilities: new Float32Array(48) }
    },
    close: async () => {
      log.push('close')
    },
  }
  const opened = {
    device: 'wasm',
    deviceName: '',
    reason: '',
    stage: 'base',
    parameters: 1,
  } as const
  const session = new ActingSession(
    async ({ model }) => {
      if (model.kind === 'url' && model.url === 'missing') throw new Error('missing')
      return { policy, opened }
    },
    () => 0,
  )
  return { session, log }
}

/** Returns actions that walk straight towards the middle jumppad in the episode above. */
function straightActions(): number[] {
  const state = startState(EPISODE)
  const middle = HOME.jumppads[1]
  return middle ? Array.from({ length: 8 }, () => walkTo(HOME, state, middle)) : []
}

it('plays an episode decision by decision', async () => {
  const { session, log } = sessionWith(straightActions())
  await session.open(CHOICE)
  const start = await session.start(EPISODE)
  expect(start).toEqual(startState({ start: 'spawn', seed: 5 }))
  const first = await session.step()
  const second = await session.step()
  expect([first.index, second.index]).toEqual([0, 1])
  expect(first.frame).toHaveLength(FRAME_BYTES)
  expect(second.state.z).toBeLessThan(first.state.z)
  expect(first.ending).toBeUndefined()
  expect(log).toEqual(['reset', `act on ${FRAME_BYTES}`, `act on ${FRAME_BYTES}`])
})

it('ends the episode with ending none after its last decision', async () => {
  const { session } = sessionWith([])
  await session.open(CHOICE)
  await session.start({ ...EPISODE, start: 'side-platform' })
  const endings: unknown[] = []
  for (let i = 0; i < 100; i++) endings.push((await session.step()).ending)
  expect(endings.slice(0, 99).every((ending) => ending === undefined)).toBe(true)
  expect(endings[99]).toBe('none')
  await expect(session.step()).rejects.toThrow(/over/)
})

it('answers calls in the order they were made, even when nothing awaits them', async () => {
  const { session, log } = sessionWith([])
  void session.open(CHOICE)
  void session.start(EPISODE)
  void session.step()
  void session.start(EPISODE)
  expect((await session.step()).index).toBe(0)
  expect(log.map((entry) => entry.split(' ')[0])).toEqual(['reset', 'act', 'reset', 'act'])
})

it('refuses to act without a model or an episode, and recovers', async () => {
  const { session } = sessionWith([])
  await expect(session.start(EPISODE)).rejects.toThrow(/open\(\)/)
  await expect(session.open({ ...CHOICE, model: { kind: 'url', url: 'missing' } })).rejects.toThrow(
    'missing',
  )
  await session.open(CHOICE)
  await expect(session.step()).rejects.toThrow(/start\(\)/)
  await session.start(EPISODE)
  expect((await session.step()).index).toBe(0)
})

it('releases a model when another is opened', async () => {
  const { session, log } = sessionWith([])
  await session.open(CHOICE)
  await session.open(CHOICE)
  expect(log).toEqual(['close'])
  await session.close()
  expect(log).toEqual(['close', 'close'])
})

it('goes back, lets a human decide, and reports who did', async () => {
  const actions = straightActions()
  const { session, log } = sessionWith(actions)
  await session.open(CHOICE)
  await session.start(EPISODE)
  const first = await session.step()
  const second = await session.step()
  await session.rewind(1)
  const again = await session.step()
  expect(again).toEqual(second)
  await session.rewind(1)
  const pressed = await session.press(7)
  expect([first.author, pressed.author, pressed.action, pressed.index]).toEqual(['a', 'h', 7, 1])
  expect((await session.step()).author).toBe('a')
  expect(log.filter((entry) => entry.startsWith('rewind'))).toEqual(['rewind 1', 'rewind 1'])
  await expect(session.rewind(9)).rejects.toThrow(/there were 3/)
})

it('plays a script before the policy, or alone if the episode ends with it', async () => {
  const { session } = sessionWith([1, 2, 3, 4])
  await session.open(CHOICE)
  const script = { actions: Uint16Array.of(11, 12), authors: 'ha' }
  await session.start({ ...EPISODE, script })
  const steps = [await session.step(), await session.step(), await session.step()]
  expect(steps.map(({ action, author }) => [action, author])).toEqual([
    [11, 'h'],
    [12, 'a'],
    [3, 'a'],
  ])
  expect(steps.some(({ ending }) => ending !== undefined)).toBe(false)
  await session.start({ ...EPISODE, script: { ...script, alone: true } })
  await session.step()
  expect((await session.step()).ending).toBe('none')
})
