/**
 * Workers for component tests: they run in the page, answer over a real message channel by the same
 * protocols, and replace the network by scripted people. Model files are still fetched and checked.
 */
import { expose } from 'comlink'
import { keepAgentClip, trainReadOuts } from '../../alignment/labels/index.ts'
import {
  CENTRE_BIN,
  EPISODE_DECISIONS,
  encodeAction,
  HEAD_SIZES,
  type Key,
  replay,
  rootKey,
  splitKey,
} from '../../island/index.ts'
import { createActingHost } from '../../lab/acting-host.ts'
import type { OpenPolicy } from '../../lab/acting-session.ts'
import { DeviceError, messageOf, problemKind } from '../../lab/errors.ts'
import type { EvaluatedEpisode, EvaluationWorker } from '../../lab/evaluation-protocol.ts'
import { fetchPolicy, fetchReward } from '../../lab/fetch-model.ts'
import type { LabellingWorker, PolicyChoice } from '../../lab/labelling-protocol.ts'
import type { Jury, ModelSource } from '../../lab/protocol.ts'
import { playEpisode } from '../../players/index.ts'

/** The fake for each worker, by the name that the page gives the thread. */
const HOSTS: Readonly<Record<string, () => object>> = {
  acting: () => createActingHost(openScriptedPolicy, () => performance.now(), jury()),
  labelling: labellingHost,
  evaluation: evaluationHost,
}

/** A stand-in for the browser's `Worker` that runs one of the fakes above. */
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

  /** Dies as a worker does whose script cannot be loaded, or that throws outside any call. */
  fail(message: string): void {
    this.terminate()
    this.dispatchEvent(new ErrorEvent('error', { message }))
  }
}

const running = new Set<FakeWorker>()

/** Has pages start fakes instead of workers. */
export function installFakeWorkers(): void {
  globalThis.Worker = FakeWorker
}

/** Ends the running workers of a name from outside; pages hear `message` as the reason. */
export function failWorker(name: string, message: string): void {
  const named = [...running].filter((worker) => worker.name === name)
  if (named.length === 0) throw new Error(`There is no ${name} worker to end.`)
  for (const worker of named) worker.fail(message)
}

/** Walks straight on, with a wobble that follows from the episode's key. */
const openScriptedPolicy: OpenPolicy = async ({ model, device }, onProgress) => {
  if (device === 'webgpu') throw new DeviceError('This browser offers no WebGPU.')
  const { card, layout } = await fetchPolicy(model, onProgress)
  const probabilities = Float32Array.from(HEAD_SIZES.flatMap(headProbabilities))
  return {
    policy: {
      reset: () => undefined,
      rewind: () => undefined,
      act: async () => ({ action: AHEAD, probabilities }),
      close: async () => undefined,
    },
    opened: {
      device: 'wasm',
      deviceName: 'Scripted, no network',
      reason: 'Component tests run no network.',
      stage: card.stage,
      parameters: layout.count,
    },
  }
}

const AHEAD = encodeAction({
  leftX: CENTRE_BIN,
  leftY: 10,
  rightX: CENTRE_BIN,
  rightY: CENTRE_BIN,
  jump: false,
  attack: false,
})

/** All probability on what `AHEAD` does with a head of this many choices. */
function headProbabilities(size: number, head: number): number[] {
  const chosen = head === 1 ? 10 : size > 2 ? CENTRE_BIN : 0
  return Array.from({ length: size }, (_, choice) => (choice === chosen ? 1 : 0))
}

/** Reward models that give every decision the share of the episode that is over. */
function jury(): Jury {
  let jurors = 0
  return {
    convene: async (models) => {
      await Promise.all(models.map(fetchReward))
      jurors = models.length
    },
    rewards: async ({ actions }) => Array.from({ length: jurors }, () => rising(actions.length)),
  }
}

function rising(decisions: number): Float32Array {
  return Float32Array.from({ length: decisions }, (_, index) => (index + 1) / EPISODE_DECISIONS)
}

function labellingHost(): LabellingWorker {
  let opened: PolicyChoice | undefined
  return {
    open: async (choice) => {
      await fetchPolicy(choice.model)
      opened = choice
    },
    play: async ({ first, count }) => {
      const digest = opened?.digest
      if (digest === undefined) throw new Error('No policy is open: call open() before play().')
      return Array.from({ length: count }, (_, index) =>
        keepAgentClip(playEpisode(clipKey('labelling', first + index)), digest),
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

function clipKey(what: string, index: number, seed = 0): Key {
  return splitKey(rootKey(seed), 'component test', what, index)
}

function evaluationHost(): EvaluationWorker {
  let stopped = false
  return {
    evaluate: async ({ policies, rewards, episodes, seed }, onEvent) => {
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
        for (let index = 0; index < episodes; index++) {
          if (stopped) return 'stopped'
          const episode = evaluatedEpisode(policy, index, seed, panel)
          decisions += episode.actions.length
          await onEvent({ kind: 'ended', policy, episodes: [episode] })
          await onEvent({ kind: 'decisions', policy, decisions })
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
): EvaluatedEpisode {
  const episode = playEpisode(clipKey(`policy ${policy}`, index, seed))
  const { path, ending } = replay(episode)
  const rewards = Array.from({ length: rewardModels }, () => rising(episode.actions.length))
  return { index, seed: episode.seed, actions: episode.actions, ending, path, rewards }
}
