/**
 * Fake workers for component tests: they run in the page, implement the same protocols over a real
 * message channel, and replace networks by scripted policies. Model files are still fetched and checked.
 */

import { expose } from 'comlink'
import { type Clip, keepAgentClip, trainReadOuts } from '../../alignment/labels/index.ts'
import { styleOf } from '../../evaluation/style.ts'
import {
  CENTRE_BIN,
  canonicalJson,
  EPISODE_DECISIONS,
  encodeAction,
  HEAD_SIZES,
  type IslandMap,
  type Key,
  RandomStream,
  replay,
  rootKey,
  STICK_BINS,
  splitKey,
} from '../../island/index.ts'
import { createActingHost } from '../../lab/acting/host.ts'
import type { Policy, PolicyAction } from '../../lab/acting/policy.ts'
import type { RewardScorer } from '../../lab/acting/protocol.ts'
import type { OpenPolicy } from '../../lab/acting/session.ts'
import type { EvaluatedEpisode, EvaluationWorker } from '../../lab/evaluation/protocol.ts'
import type { LabellingWorker, PolicyChoice } from '../../lab/labelling/protocol.ts'
import { fetchPolicy, fetchReward } from '../../lab/models/fetch-model.ts'
import type { ScoringWorker } from '../../lab/scoring/protocol.ts'
import type { TrainingWorker } from '../../lab/training/protocol.ts'
import type { ModelSource } from '../../lab/worker/choices.ts'
import { DeviceError, messageOf, problemKind } from '../../lab/worker/errors.ts'
import { PATCHES } from '../../network/index.ts'
import { playEpisode } from '../../players/index.ts'
import { frames } from './pictures.ts'

/** Fake of each worker, by the name that the page gives the thread. */
const HOSTS: Readonly<Record<string, () => object>> = {
  acting: () => createActingHost(openScriptedPolicy, () => performance.now(), scorer()),
  labelling: labellingHost,
  evaluation: evaluationHost,
  training: trainingHost,
  scoring: scoringHost,
}

/** Replacement for the browser's `Worker` that runs one of the fakes above. */
class FakeWorker extends EventTarget implements Worker {
  onmessage = null
  onmessageerror = null
  onerror = null
  readonly #port: MessagePort
  readonly #name: string

  constructor(_url: string | URL, { name = '' }: WorkerOptions = {}) {
    super()
    this.#name = name
    const host = HOSTS[name]
    if (!host) throw new Error(`There is no fake for the ${name} worker: add one to HOSTS.`)
    const { port1, port2 } = new MessageChannel()
    expose(host(), port1)
    port2.onmessage = ({ data, ports }) =>
      this.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }))
    this.#port = port2
    running.add(this)
  }

  get name(): string {
    return this.#name
  }

  postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions): void {
    this.#port.postMessage(message, Array.isArray(transfer) ? { transfer } : transfer)
  }

  terminate(): void {
    running.delete(this)
    this.#port.close()
  }

  /** Fails like a worker whose script cannot be loaded, or that throws outside any call. */
  fail(message: string): void {
    this.terminate()
    this.dispatchEvent(new ErrorEvent('error', { message }))
  }
}

const running = new Set<FakeWorker>()

/** Replaces `Worker`, so that pages start fakes. */
export function installFakeWorkers(): void {
  globalThis.Worker = FakeWorker
}

/** Returns whether a worker of this name is running. */
export function isRunning(name: string): boolean {
  return [...running].some((worker) => worker.name === name)
}

/** Makes the running workers of a name fail with `message`. Throws if there are none. */
export function failWorker(name: string, message: string): void {
  const named = [...running].filter((worker) => worker.name === name)
  if (named.length === 0) throw new Error(`There is no ${name} worker to end.`)
  for (const worker of named) worker.fail(message)
}

/** Opens a scripted policy after checking the model file. Rejects with `DeviceError` for WebGPU. */
const openScriptedPolicy: OpenPolicy = async ({ model, device }, onProgress) => {
  if (device === 'webgpu') throw new DeviceError('This browser offers no WebGPU.')
  const { card, layout } = await fetchPolicy(model, onProgress)
  return {
    policy: scriptedPolicy(),
    opened: {
      device: 'wasm',
      deviceName: 'Scripted, no network',
      reason: 'Component tests run no network.',
      stage: card.stage,
      parameters: layout.count,
    },
  }
}

/** Returns a policy that walks ahead, leaning in turn; the first lean is drawn from the episode's key. */
function scriptedPolicy(): Policy {
  let firstTurn = 0
  let decided = 0
  return {
    reset: (key) => {
      firstTurn = new RandomStream(key).below(3)
      decided = 0
    },
    rewind: (decisions) => {
      decided = decisions
    },
    act: async () => walkAhead(((firstTurn + decided++) % 3) - 1),
    close: async () => undefined,
  }
}

/** Returns a step ahead at full tilt, `lean` bins to the side, with all probability on that action. */
function walkAhead(lean: number): PolicyAction {
  const sticks = [CENTRE_BIN + lean, STICK_BINS - 1, CENTRE_BIN, CENTRE_BIN] as const
  const [leftX, leftY, rightX, rightY] = sticks
  return {
    action: encodeAction({ leftX, leftY, rightX, rightY, jump: false, attack: false }),
    probabilities: Float32Array.from(
      HEAD_SIZES.flatMap((size, head) => certain(size, sticks[head] ?? 0)),
    ),
  }
}

/** Returns a one-hot distribution over `size` choices. */
function certain(size: number, chosen: number): number[] {
  return Array.from({ length: size }, (_, choice) => (choice === chosen ? 1 : 0))
}

/** Returns reward models whose reward after each decision is its share of the maximum episode length. */
function scorer(): RewardScorer {
  let loaded = 0
  return {
    openModels: async (models) => {
      await Promise.all(models.map(fetchReward))
      loaded = models.length
    },
    rewards: async ({ actions }) => Array.from({ length: loaded }, () => rising(actions.length)),
  }
}

function rising(decisions: number): Float32Array {
  return Float32Array.from({ length: decisions }, (_, index) => (index + 1) / EPISODE_DECISIONS)
}

let mostClips = Number.POSITIVE_INFINITY

/** Makes labelling workers play only `count` clips of a policy; later requests never resolve. */
export function limitClips(count = Number.POSITIVE_INFINITY): void {
  mostClips = count
}

function labellingHost(): LabellingWorker {
  let opened: PolicyChoice | undefined
  return {
    open: async (choice) => {
      await fetchPolicy(choice.model)
      opened = choice
    },
    play: async ({ first, count, seed = 0, island }) => {
      const digest = opened?.digest
      if (digest === undefined) throw new Error('No policy is open: call open() before play().')
      if (first >= mostClips) return new Promise<never>(() => undefined)
      return Array.from({ length: count }, (_, index) =>
        labellingClip(first + index, digest, seed, island),
      )
    },
    learn: async ({ clips, comparisons, seed }) =>
      trainReadOuts(
        clips.map(({ path }) => path.slice(-2)),
        comparisons,
        splitKey(rootKey(seed), 'ensemble'),
      ),
  }
}

const played = new Map<string, Clip>()

/** Returns a clip, the same for every worker; it is played once for all tests of a file. */
function labellingClip(
  index: number,
  digest: string,
  seed: number,
  island: IslandMap | undefined,
): Clip {
  const name = `${index} of ${digest}, ${seed}, ${canonicalJson(island)}`
  const key = clipKey('labelling', index, seed)
  const clip = played.get(name) ?? keepAgentClip(playEpisode(key, undefined, island), digest)
  played.set(name, clip)
  return clip
}

function clipKey(what: string, index: number, seed = 0): Key {
  return splitKey(rootKey(seed), 'component test', what, index)
}

function evaluationHost(): EvaluationWorker {
  let stopped = false
  return {
    evaluate: async ({ policies, rewards, episodes, seed, island }, onEvent) => {
      stopped = false
      const problems = await Promise.all(rewards.map(whyNoReward))
      const panel = problems.filter((problem) => problem === undefined).length
      await onEvent({ kind: 'rewards', problems })
      for (const [policy, source] of policies.entries()) {
        await onEvent({ kind: 'loading', policy })
        try {
          await fetchPolicy(source)
        } catch (error) {
          const [problem, message] = [problemKind(error), messageOf(error)]
          await onEvent({ kind: 'failed', policy, problem, message })
          continue
        }
        await onEvent({ kind: 'playing', policy, deviceName: 'Scripted', why: undefined })
        let decisions = 0
        for (const [place, index] of inPairs(episodes).entries()) {
          // Lets the page render intermediate states, however few episodes there are.
          await frames(1)
          const episode = evaluatedEpisode(policy, index, seed, panel, island)
          decisions += episode.actions.length
          await onEvent({ kind: 'ended', policy, episodes: [episode] })
          // Stops between the two of a pair, so that a later episode has ended before an earlier one.
          if (stopped && place % 2 === 0) return 'stopped'
          if (place % 2 === 1) await onEvent({ kind: 'decisions', policy, decisions })
        }
        await onEvent({ kind: 'done', policy, seconds: 1 })
      }
      return 'played'
    },
    stop: async () => {
      stopped = true
    },
  }
}

/** Returns the order 1, 0, 3, 2, …: like episodes played in parallel, they do not end in order. */
function inPairs(episodes: number): number[] {
  return Array.from({ length: episodes }, (_, place) =>
    Math.min(place % 2 === 0 ? place + 1 : place - 1, episodes - 1),
  )
}

async function whyNoReward(source: ModelSource): Promise<string | undefined> {
  try {
    await fetchReward(source)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

function evaluatedEpisode(
  policy: number,
  index: number,
  seed: number,
  rewardModels: number,
  island: IslandMap | undefined,
): EvaluatedEpisode {
  const episode = playEpisode(clipKey(`policy ${policy}`, index, seed), undefined, island)
  const { path, ending } = replay(episode)
  const rewards = Array.from({ length: rewardModels }, () => rising(episode.actions.length))
  return {
    index,
    seed: episode.seed,
    actions: episode.actions,
    ending,
    path,
    style: styleOf(episode),
    rewards,
  }
}

let released = Promise.resolve()
let orders = 0

/** Makes scoring workers load no model until the function that this returns is called, and counts their orders anew. */
export function holdScoring(): () => void {
  let release = () => {}
  orders = 0
  released = new Promise((resolve) => {
    release = resolve
  })
  return release
}

/** Returns how often scoring workers have been asked to score clips since `holdScoring`. */
export function scoringOrders(): number {
  return orders
}

/** Returns a worker whose rewards rise with every decision, and depend on the third part of a frame alone. */
function scoringHost(): ScoringWorker {
  return {
    open: async (source) => {
      await fetchReward(source)
      await released
      return { scale: 2 }
    },
    score: async (episodes, onDone) => {
      orders++
      onDone(episodes.length)
      return episodes.map(({ actions }) => rising(actions.length))
    },
    occlude: async ({ decision }, onDone) => {
      onDone(0)
      const effects = new Float32Array(PATCHES)
      effects[2] = 0.25
      return { reward: (decision + 1) / EPISODE_DECISIONS, effects }
    },
    stop: async () => undefined,
  }
}

/** Returns a worker whose trainings stay at the third update of a reward model. */
function trainingHost(): TrainingWorker {
  const nothing = async () => undefined
  return {
    train: async (_order, onNews) => {
      onNews({
        ...{ phase: 'training', parts: ['clips', 'reward', 'reinforcement'], part: 'reward' },
        ...{ done: 3, of: 300, unit: 'updates', progress: 0.2, secondsLeft: 60, seconds: 4 },
        ...{
          device: { kind: 'wasm', name: 'Scripted' },
          paths: undefined,
          points: [],
          notice: undefined,
        },
      })
      await new Promise<never>(nothing)
    },
    ...{ pause: nothing, resume: nothing, stop: nothing },
  }
}
