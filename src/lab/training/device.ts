/** What a training runs on: the device that the address names, or the faster one on a real update. */

import { emptyBatch, imitationFeeds, imitationGradientGraph } from '../../alignment/index.ts'
import { encodeModel } from '../../graph/index.ts'
import { stepGraph, weightsAsInitializers } from '../../network/index.ts'
import type { PolicyParameters } from '../../procedure/play.ts'
import { METHODS, type TrainingKind } from '../../procedure/training/index.ts'
import { type Calibration, type Device, float32 } from '../../runtime/index.ts'
import { createWasmDevice } from '../../runtime-web/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { openDevice } from '../worker/device-policy.ts'
import { stepFeeds } from '../worker/step-feeds.ts'

/** Beyond this the threads wait for one another. */
const MOST_THREADS = 8

/** Clips of a step, and decisions of each. */
const SHAPE = { clips: 8, length: 64 }

/** Islands on which the calibration plays at once. */
const ISLANDS = 32

/**
 * Decisions of them all in which as much is played as comes to one step: an update of reinforcement
 * learning plays 64 episodes of about 70 decisions for its 16 steps.
 */
const DECISIONS_A_STEP = 9

/** Opens the device of a training. Rejects with `DeviceError` where there is none. */
export async function openTrainingDevice(
  choice: DeviceChoice,
  kind: TrainingKind,
  policy: PolicyParameters,
  clock: () => number,
): Promise<Device> {
  const { device } = await openDevice(choice, {
    openWasm: () => createWasmDevice({ threads: threads() }),
    calibrations: () =>
      // A GPU is ahead in learning and behind in playing, where it is asked for little at a time
      // (docs/benchmarks.md).
      METHODS[kind].plays ? [step(policy), decisions(policy)] : [step(policy)],
    clock,
  })
  return device
}

/** One core is the page's where there are more than two: what is drawn must not wait. */
function threads(): number {
  const cores = navigator.hardwareConcurrency
  return cores > 2 ? Math.min(MOST_THREADS, cores - 1) : cores
}

function step({ layout, parameters }: PolicyParameters): Calibration {
  const batch = emptyBatch(SHAPE.clips, SHAPE.length)
  batch.frames.fill(128)
  batch.weights.fill(1)
  return {
    model: encodeModel(imitationGradientGraph(layout, SHAPE)),
    feeds: {
      ...imitationFeeds(batch),
      theta: float32([layout.count], parameters),
      accumulator: float32([layout.count]),
    },
  }
}

function decisions({ layout, parameters }: PolicyParameters): Calibration {
  const graph = stepGraph(layout.size, (builder) =>
    weightsAsInitializers(builder, layout, parameters),
  )
  return {
    model: encodeModel(graph),
    feeds: stepFeeds(layout.size, ISLANDS),
    times: DECISIONS_A_STEP,
  }
}
