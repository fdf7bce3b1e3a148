import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CENTRE_BIN, Digest, encodeAction, NEUTRAL_ACTION, rootKey } from '../../island/index.ts'
import { initialParameters, NETWORK_SIZES, parameterLayout } from '../../network/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { Lane } from '../playback/lane.ts'
import { NetworkPolicy } from './network-policy.ts'
import type { Policy } from './policy.ts'
import type { ActedDecision, EpisodeChoice, OpenChoice, OpenedModel } from './protocol.ts'
import { ActingSession, type OpenPolicyModel } from './session.ts'

// A real network on a real device: its cache has to stay in step with what is played.
const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
const theta = initialParameters(layout, rootKey(5)).map((value) => 3 * value)
const CHOICE: OpenChoice = { model: { kind: 'bytes', bytes: new Uint8Array() }, device: 'auto' }
const EPISODE: EpisodeChoice = { start: 'spawn', seed: 12, temperature: 1 }
const OPENED: OpenedModel = {
  device: 'webgpu',
  deviceName: '',
  reason: '',
  stage: 'base',
  parameters: layout.count,
}

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Opens a session whose device is lost once, before decision `lostAt`. */
async function openSession(lostAt = Number.POSITIVE_INFINITY): Promise<ActingSession> {
  const load = () => NetworkPolicy.load(device, { layout, parameters: theta })
  const session = new ActingSession(
    async (): Promise<OpenPolicyModel> => ({
      policy: losing(await load(), lostAt),
      opened: OPENED,
      reopen: async () => ({ policy: await load(), opened: { ...OPENED, device: 'wasm' } }),
    }),
    () => 0,
  )
  await session.open(CHOICE)
  return session
}

function losing(policy: NetworkPolicy, lostAt: number): Policy {
  let decided = 0
  return {
    reset: (key, temperature) => policy.reset(key, temperature),
    rewind: (decisions) => policy.rewind(decisions),
    close: () => policy.close(),
    act: (frame) => {
      if (decided++ === lostAt) return Promise.reject(new Error('The GPU was lost.'))
      return policy.act(frame)
    },
  }
}

async function play(session: ActingSession, count: number): Promise<ActedDecision[]> {
  await session.start(EPISODE)
  const steps: ActedDecision[] = []
  for (let i = 0; i < count; i++) steps.push(await session.step())
  return steps
}

const essence = ({ action, probabilities, state, frame }: ActedDecision) => ({
  action,
  probabilities: probabilities.join(),
  state,
  frame: digestOf(frame),
})

/** Returns a short digest, so that a mismatch prints little. */
function digestOf(frame: Uint8Array): string {
  const digest = new Digest()
  digest.addBytes(frame)
  return digest.hex()
}

it('continues as if nothing had happened when its device is lost', async () => {
  const whole = await play(await openSession(), 14)
  const broken = await play(await openSession(9), 14)
  expect(broken.map(essence)).toEqual(whole.map(essence))
  expect(broken.map(({ reopened }) => reopened?.device)).toEqual(
    whole.map((_, index) => (index === 9 ? 'wasm' : undefined)),
  )
})

it('acts the same again after going back, and after replaying its actions', async () => {
  const session = await openSession()
  const whole = await play(session, 14)
  await session.rewind(5)
  const again = []
  for (let i = 5; i < 14; i++) again.push(await session.step())
  expect(again.map(essence)).toEqual(whole.slice(5).map(essence))

  const actions = Uint16Array.from(whole.slice(0, 6), ({ action }) => action)
  await session.start({ ...EPISODE, script: { actions, authors: 'a'.repeat(6) } })
  const replayed = []
  for (let i = 0; i < 14; i++) replayed.push(await session.step())
  expect(replayed.map(essence)).toEqual(whole.map(essence))
})

describe('a lane that is taken over', () => {
  const AHEAD = encodeAction({
    leftX: CENTRE_BIN,
    leftY: 10,
    rightX: CENTRE_BIN,
    rightY: CENTRE_BIN,
    jump: false,
    attack: false,
  })
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5))

  /** Shows `decisions` more decisions, and waits until the agent has decided ahead of them. */
  async function advance(lane: Lane, decisions: number) {
    const until = lane.shown + decisions
    const ahead = () => lane.takenOver || lane.tape.length > until
    for (let turn = 0; turn < 1000 && (lane.shown < until || !ahead()); turn++) {
      lane.advance(0.1, 1, { until })
      await settle()
    }
  }

  async function openLane(session: ActingSession, onError = vi.fn()) {
    const lane = new Lane(session, onError)
    await lane.start(EPISODE)
    return { lane, onError }
  }

  const authors = (lane: Lane) => lane.tape.map(({ author }) => author).join('')

  it('discards decisions made ahead, records who decided, and continues when handed back', async () => {
    const { lane, onError } = await openLane(await openSession())
    await advance(lane, 4)
    const before = lane.tape.slice(0, 4).map(essence)
    expect(lane.tape.length).toBeGreaterThan(4)
    lane.takeOver(() => AHEAD)
    await advance(lane, 5)
    expect(lane.tape.slice(0, 4).map(essence)).toEqual(before)
    lane.handBack()
    await advance(lane, 3)
    expect(authors(lane).slice(0, 12)).toBe('aaaahhhhhaaa')
    expect(lane.tape.slice(4, 9).every(({ action }) => action === AHEAD)).toBe(true)
    expect(onError).not.toHaveBeenCalled()

    // The agent saw all of it: a new agent that replays the tape has the same probabilities.
    const tape = lane.tape.slice(0, 12)
    const actions = Uint16Array.from(tape, ({ action }) => action)
    const witness = await openSession()
    await witness.start({ ...EPISODE, script: { actions, authors: authors(lane).slice(0, 12) } })
    for (const { probabilities, frame } of tape) {
      const seen = await witness.step()
      expect(seen.probabilities).toEqual(probabilities)
      expect(digestOf(seen.frame)).toBe(digestOf(frame))
    }
  })

  it('can be taken over in the past', async () => {
    const { lane } = await openLane(await openSession())
    await advance(lane, 8)
    lane.seek(3)
    lane.takeOver(() => NEUTRAL_ACTION)
    await advance(lane, 2)
    expect(authors(lane)).toBe('aaahh')
  })

  it('lets the human keep playing when the agent is gone, and reports it when control is handed back', async () => {
    const session = await openSession()
    const { lane, onError } = await openLane(session)
    await advance(lane, 2)
    await session.close()
    lane.takeOver(() => AHEAD)
    await advance(lane, 6)
    expect(authors(lane)).toBe('aahhhhhh')
    lane.handBack()
    expect(onError).toHaveBeenCalledOnce()
  })
})
