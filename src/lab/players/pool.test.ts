import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PlayOrder, playersOn, type Rollout, withPlayer } from '../../alignment/index.ts'
import { diagonalPolicy, TINY } from '../../alignment/testing/tiny-network.ts'
import { rootKey } from '../../island/index.ts'
import { parameterLayout } from '../../network/index.ts'
import { beginningsOf } from '../../procedure/play.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { createPlayerHost, type PlayerWorker } from './host.ts'
import { type ConnectedPlayer, PlayerPool, playerWorkers } from './pool.ts'

const layout = parameterLayout(TINY, 'policy')
const policy = { layout, parameters: diagonalPolicy(layout, rootKey(81)), layers: 1 }
const order: PlayOrder = {
  beginnings: beginningsOf(rootKey(82), 'past-jumppads', 20),
  key: rootKey(83),
  temperature: 1,
  keep: 'stream',
}

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Returns a connection to a player in this thread, with overrides, and what it has played. */
function connection(overrides: Partial<PlayerWorker> = {}) {
  const host = createPlayerHost(() => Promise.resolve(device))
  const seen = { episodes: 0, ended: false }
  const player: ConnectedPlayer = {
    worker: {
      ...host,
      async play(theta, part) {
        seen.episodes += part.beginnings.length
        return host.play(theta, part)
      },
      ...overrides,
    },
    end: () => {
      seen.ended = true
    },
  }
  return { player, seen }
}

/** Plays the order with a pool of these workers. */
async function playedBy(workers: readonly { readonly player: ConnectedPlayer }[]) {
  const waiting = workers.map(({ player }) => player)
  const pool = new PlayerPool(workers.length, () => {
    const next = waiting.shift()
    if (next === undefined) throw new Error('More workers were started than were ordered')
    return next
  })
  const open = pool.openOn(device)
  return withPlayer(device, open, policy, order.beginnings.length, (player, theta) =>
    player.play(theta, order),
  )
}

function whatHappened(episodes: readonly Rollout[]) {
  return episodes.map(({ index, trajectory: { actions, ending } }) => ({ index, actions, ending }))
}

describe('a pool of players', () => {
  it('plays what one player plays, whatever the number of workers', async () => {
    const alone = await withPlayer(
      device,
      playersOn(device),
      policy,
      order.beginnings.length,
      (player, theta) => player.play(theta, order),
    )
    const workers = [connection(), connection()]
    const together = await playedBy(workers)
    expect(whatHappened(together)).toEqual(whatHappened(alone))
    expect(together).toEqual(await playedBy([connection()]))
    for (const { seen } of workers) expect(seen.episodes).toBeGreaterThan(0)
    expect(workers[0]?.seen.episodes).toBeLessThan(order.beginnings.length)
  })

  it('loses no episode to workers that cannot be opened or that die while they play', async () => {
    const broken = () => Promise.reject(new Error('The browser stopped the player worker.'))
    const [unopened, dying] = [connection({ open: broken }), connection({ play: broken })]
    const expected = await playedBy([connection()])
    const before = device.heldTensors
    expect(await playedBy([unopened, dying])).toEqual(expected)
    expect([unopened, dying].map(({ seen }) => seen.ended)).toEqual([true, true])
    expect(device.heldTensors).toBe(before)
  })

  it('has no workers on one core, and leaves one of several cores to the page', () => {
    expect([1, 2, 3, 4, 16].map(playerWorkers)).toEqual([0, 2, 2, 3, 4])
  })
})
