/** Scoring worker without the thread: scores clips, and parts of what they show. Tests run it directly. */
import { clipUntil, occlusionMap } from '../../alignment/index.ts'
import { logitScale } from '../../evaluation/index.ts'
import type { Episode } from '../../island/index.ts'
import type { ImportedModel } from '../../network/index.ts'
import { renderEpisodes } from '../../procedure/index.ts'
import { type Device, SerialQueue } from '../../runtime/index.ts'
import { ClipRewards } from '../evaluation/clip-rewards.ts'
import type { ModelSource } from '../worker/choices.ts'
import { DeviceError, messageOf } from '../worker/errors.ts'
import type { OcclusionOrder, OnDone, ScoringWorker } from './protocol.ts'

/** Number of episodes that are scored between two looks for a call to `stop`. */
const AT_A_TIME = 8

export interface ScoringHostOptions {
  openDevice(): Promise<Device>
  fetchReward(source: ModelSource): Promise<ImportedModel>
  /** Yields to the event loop, so that messages can arrive. */
  yieldToEvents(): Promise<void>
}

export function createScoringHost(options: ScoringHostOptions): ScoringWorker {
  const queue = new SerialQueue()
  let device: Promise<Device> | undefined
  let rewards: ClipRewards | undefined
  let stops = 0

  function expectOpened(): ClipRewards {
    if (rewards) return rewards
    throw new Error('No reward model is open: call open() before score() or occlude().')
  }

  /** Queues work that asks between its parts whether it was stopped. */
  function stoppable<T>(work: (goesOn: () => Promise<boolean>) => Promise<T>): Promise<T> {
    const before = stops
    return queue.add(() =>
      work(async () => {
        await options.yieldToEvents()
        return stops === before
      }),
    )
  }

  return {
    open: (source) =>
      queue.add(async () => {
        await rewards?.release()
        rewards = undefined
        const model = await options.fetchReward(source)
        try {
          device ??= options.openDevice()
          rewards = await ClipRewards.load(await device, model)
        } catch (error) {
          throw new DeviceError(messageOf(error))
        }
        return { scale: logitScale(model.card) }
      }),
    score: (episodes, onDone) =>
      stoppable((goesOn) => score(expectOpened(), episodes, onDone, goesOn)),
    occlude: (order, onDone) =>
      stoppable((goesOn) => occlude(expectOpened(), order, onDone, goesOn)),
    stop: async () => {
      stops++
    },
  }
}

async function score(
  rewards: ClipRewards,
  episodes: readonly Episode[],
  onDone: OnDone,
  goesOn: () => Promise<boolean>,
): Promise<Float32Array[] | undefined> {
  const found: Float32Array[] = []
  for (let first = 0; first < episodes.length; first += AT_A_TIME) {
    if (!(await goesOn())) return undefined
    found.push(...(await rewards.of(episodes.slice(first, first + AT_A_TIME))))
    onDone(found.length)
  }
  return found
}

async function occlude(
  rewards: ClipRewards,
  { episode, decision, where }: OcclusionOrder,
  onDone: OnDone,
  goesOn: () => Promise<boolean>,
) {
  const [seen] = renderEpisodes([episode])
  if (seen === undefined || !(decision >= 0 && decision < seen.actions.length)) {
    throw new RangeError(
      `Found decision ${decision} of ${seen?.actions.length ?? 0}: expected one of the episode`,
    )
  }
  const job = occlusionMap((clips) => rewards.ofClips(clips), clipUntil(seen, decision), where)
  for (;;) {
    const { done, value } = await job.next()
    if (done) return value
    onDone(value)
    if (!(await goesOn())) return undefined
  }
}
