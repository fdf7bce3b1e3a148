import {
  type Beginning,
  type Ending,
  type Episode,
  FRAME_BYTES,
  Island,
  type Key,
  RandomStream,
  type Renderer,
  splitKey,
  WORLD_VERSION,
} from '../island/index.ts'
import { HEAD_WIDTHS } from '../network/index.ts'
import type { PolicyRunner } from './policy-runner.ts'
import { sampleAction } from './sampling.ts'

/** Finished episode of a policy. */
export interface Trajectory extends Episode {
  readonly ending: Ending
  /** x and z in metres before the first decision and after each: `[2 × (decisions + 1)]`. */
  readonly path: Float32Array
  /** log π of each decision at sampling, nats. */
  readonly logProbabilities: Float32Array
}

export interface RolloutOptions {
  readonly runner: PolicyRunner
  readonly renderer: Renderer
  readonly beginnings: readonly Beginning[]
  /** Index of the first beginning, 0 by default, where `beginnings` are a part of a longer list. */
  readonly first?: number
  /** Sampling temperature: 1 samples from the policy itself, 0 always takes the most likely choice. */
  readonly temperature: number
  /**
   * Key for sampling; each beginning in the list has its own branch, so that results do not depend on
   * how many are played at once, and the same beginning may be played several times.
   */
  readonly key: Key
  /**
   * Data to keep per decision: the frame (6 kB), the runner's residual stream (4 bytes per feature), or
   * both; each includes the policy's logits.
   */
  readonly keep?: 'frames' | 'stream' | 'both'
}

/** Finished episode, with its index in the list of beginnings, counted from `first`. */
export interface Rollout {
  readonly index: number
  readonly trajectory: Trajectory
  /** uint8 `[decisions, 32, 64, 3]`; empty unless kept. */
  readonly frames: Uint8Array
  /** Residual stream from the runner, `[decisions, width]`; absent unless kept. */
  readonly stream?: Float32Array
  /** Logits of the policy, `[decisions, 48]`; empty unless `keep` is set. */
  readonly logits: Float32Array
}

interface Running {
  readonly index: number
  readonly beginning: Beginning
  readonly island: Island
  readonly random: RandomStream
  readonly actions: number[]
  readonly path: number[]
  readonly logProbabilities: number[]
  readonly frames: Uint8Array[]
  readonly stream: Float32Array[]
  readonly logits: Float32Array[]
}

/**
 * Plays every beginning to its end, in lockstep on as many islands as the runner has slots; a slot whose
 * episode ends starts the next one. Yields episodes as they finish.
 */
export async function* rollout(options: RolloutOptions): AsyncGenerator<Rollout> {
  const { runner, renderer, beginnings, temperature, keep, first = 0 } = options
  const running: Running[] = []
  let next = 0
  const open = (slot: number): void => {
    const beginning = beginnings[next]
    if (beginning === undefined) return
    running[slot] = begin(beginning, first + next, options.key)
    runner.reset(slot)
    next++
  }
  while (next < beginnings.length && running.length < runner.capacity) open(running.length)
  while (running.length > 0) {
    for (const [slot, { island, frames }] of running.entries()) {
      const offset = slot * FRAME_BYTES
      island.render(renderer, runner.frames, offset)
      if (keep === 'frames' || keep === 'both')
        frames.push(runner.frames.slice(offset, offset + FRAME_BYTES))
    }
    const logits = await runner.act(running.length)
    for (const [slot, episode] of running.entries()) {
      if (keep !== undefined) episode.logits.push(rowOf(logits, slot, HEAD_WIDTHS.policy))
      if (keep === 'stream' || keep === 'both') {
        episode.stream.push(rowOf(runner.stream, slot, runner.width))
      }
      const sampled = sampleAction(logits, slot, temperature, episode.random)
      advanceEpisode(episode, sampled.action, sampled.logProbability)
    }
    for (let slot = running.length - 1; slot >= 0; slot--) {
      const episode = running[slot]
      if (episode === undefined || !episode.island.over) continue
      yield finish(episode)
      if (next < beginnings.length) open(slot)
      else closeSlot(running, runner, slot)
    }
  }
}

/** Closes a slot whose episode is over by moving the last active one into it. */
function closeSlot(running: Running[], runner: PolicyRunner, slot: number): void {
  const last = running.pop()
  if (last === undefined || running.length === slot) return
  running[slot] = last
  runner.move(running.length, slot)
}

function begin(beginning: Beginning, index: number, key: Key): Running {
  const island = new Island(beginning)
  return {
    index,
    beginning,
    island,
    random: new RandomStream(splitKey(key, 'act', index)),
    actions: [],
    path: [island.state.x, island.state.z],
    logProbabilities: [],
    frames: [],
    stream: [],
    logits: [],
  }
}

function advanceEpisode(episode: Running, action: number, logProbability: number): void {
  episode.island.step(action)
  episode.actions.push(action)
  episode.path.push(episode.island.state.x, episode.island.state.z)
  episode.logProbabilities.push(logProbability)
}

function finish(episode: Running): Rollout {
  const frames = new Uint8Array(episode.frames.length * FRAME_BYTES)
  for (const [decision, frame] of episode.frames.entries()) {
    frames.set(frame, decision * FRAME_BYTES)
  }
  const trajectory = {
    worldVersion: WORLD_VERSION,
    ...episode.beginning,
    actions: Uint16Array.from(episode.actions),
    ending: episode.island.ending,
    path: Float32Array.from(episode.path),
    logProbabilities: Float32Array.from(episode.logProbabilities),
  }
  const kept = { frames, logits: joined(episode.logits) }
  return {
    ...{ index: episode.index, trajectory, ...kept },
    ...(episode.stream.length > 0 ? { stream: joined(episode.stream) } : {}),
  }
}

function rowOf(rows: Float32Array, index: number, width: number): Float32Array {
  return rows.slice(index * width, (index + 1) * width)
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const row of rows) {
    all.set(row, offset)
    offset += row.length
  }
  return all
}

/** Plays every beginning and resolves to the episodes in the order of the list. */
export async function playAll(options: RolloutOptions): Promise<Rollout[]> {
  const all: Rollout[] = []
  for await (const one of rollout(options)) all[one.index - (options.first ?? 0)] = one
  return all
}
