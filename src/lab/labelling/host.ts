/**
 * Labelling worker without the thread: plays clips of a policy to compare, and trains reward models on
 * labels, by which the next pairs are picked. Tests run it directly.
 */

import { PolicyRunner, RewardModel, rollout, type SeenClip } from '../../alignment/index.ts'
import { type Clip, keepAgentClip, trainReadOuts } from '../../alignment/labels/index.ts'
import { type Key, Renderer, rootKey, splitKey } from '../../island/index.ts'
import {
  type ImportedModel,
  importModel,
  parameterLayout,
  withTrunkOf,
} from '../../network/index.ts'
import { beginningsOf, renderEpisodes } from '../../procedure/index.ts'
import { type Device, SerialQueue } from '../../runtime/index.ts'
import type { ModelSource } from '../worker/choices.ts'
import { DeviceError, messageOf } from '../worker/errors.ts'
import type { ClipRange, LabellingWorker, Lesson, PolicyChoice } from './protocol.ts'

/**
 * Returns the branch of random keys for clips that people compare: part of training, so that it never
 * coincides with the episodes that are reported on, and separate from the clips that synthetic judges
 * compare.
 */
function clipsKey(seed: number): Key {
  return splitKey(rootKey(seed), 'training', 'labelling')
}

/** Number of islands in lockstep: on the WASM backend more of them gain little. */
const ISLANDS = 64

/** Number of clips whose frames are in memory at once, at 6 kB per decision. */
const CLIPS_AT_ONCE = 16

interface Opened {
  readonly digest: string
  readonly device: Device
  readonly imported: ImportedModel
  readonly runner: PolicyRunner
  /** Features of the trunk at each clip's last frame, `[width]`, by clip id. */
  readonly features: Map<string, Float32Array>
  trunk: RewardModel | undefined
}

export interface LabellingHostOptions {
  openDevice(): Promise<Device>
  fetchModel(source: ModelSource): Promise<{ readonly bytes: Uint8Array }>
}

export function createLabellingHost(options: LabellingHostOptions): LabellingWorker {
  const queue = new SerialQueue()
  let device: Promise<Device> | undefined
  let opened: Opened | undefined

  function expectOpened(): Opened {
    if (opened) return opened
    throw new Error('No policy is open: call open() before play() or learn().')
  }

  return {
    open: (choice) =>
      queue.add(async () => {
        await opened?.trunk?.release()
        await opened?.runner.release()
        opened = undefined
        const { bytes } = await options.fetchModel(choice.model)
        device ??= options.openDevice()
        opened = await openPolicy(choice, bytes, await device).catch((error: unknown) => {
          throw new DeviceError(messageOf(error))
        })
      }),
    play: (range) => queue.add(() => playClips(expectOpened(), range)),
    learn: (lesson) => queue.add(() => learn(expectOpened(), lesson)),
  }
}

async function openPolicy(
  { digest }: PolicyChoice,
  bytes: Uint8Array,
  device: Device,
): Promise<Opened> {
  const imported = importModel(bytes)
  const runner = await PolicyRunner.create(device, imported, ISLANDS)
  return { digest, device, imported, runner, features: new Map(), trunk: undefined }
}

async function playClips(
  { runner, digest }: Opened,
  { first, count, seed = 0, island }: ClipRange,
): Promise<Clip[]> {
  const clips: Clip[] = []
  const key = splitKey(clipsKey(seed), 'from', first)
  const played = rollout({
    runner,
    renderer: new Renderer(),
    beginnings: beginningsOf(key, 'spawn', count, [island]),
    temperature: 1,
    key: splitKey(key, 'act'),
  })
  for await (const { index, trajectory } of played) {
    clips[index] = keepAgentClip(trajectory, digest)
  }
  return clips
}

async function learn(policy: Opened, { clips, comparisons, seed }: Lesson) {
  await lookAt(
    policy,
    clips.filter(({ id }) => !policy.features.has(id)),
  )
  const rows = clips.map(({ id }) => policy.features.get(id) ?? [])
  return trainReadOuts(rows, comparisons, splitKey(rootKey(seed), 'ensemble'))
}

/** Computes the features of `clips`, rendering the frames of a few clips at a time. */
async function lookAt(policy: Opened, clips: readonly Clip[]): Promise<void> {
  if (clips.length === 0) return
  policy.trunk ??= await trunkReader(policy.device, policy.imported)
  const { width } = policy.imported.layout.size
  for (let first = 0; first < clips.length; first += CLIPS_AT_ONCE) {
    const chunk = clips.slice(first, first + CLIPS_AT_ONCE)
    const seen: SeenClip[] = renderEpisodes(chunk)
    const { steps } = await policy.trunk.score(seen)
    for (const [index, { id }] of chunk.entries()) {
      policy.features.set(id, steps[index]?.slice(-width) ?? new Float32Array(width))
    }
  }
}

/** Creates a reward model on a policy's trunk, to compute features; its own read-out is never used. */
function trunkReader(device: Device, { layout, parameters }: ImportedModel) {
  const reward = parameterLayout(layout.size, 'reward')
  return RewardModel.create(device, reward, withTrunkOf(reward, { layout, parameters }, rootKey(0)))
}
