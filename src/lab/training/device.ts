/** Device of a training: the one requested in the address, or the faster one on a real update. */

import { emptyBatch, imitationFeeds, imitationGradientGraph } from '../../alignment/index.ts'
import { encodeModel } from '../../graph/index.ts'
import { stepGraph, weightsAsInitializers } from '../../network/index.ts'
import type { NetworkParameters } from '../../procedure/play.ts'
import { type Calibration, type Device, float32 } from '../../runtime/index.ts'
import { createWasmDevice } from '../../runtime-web/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { openDevice } from '../worker/device-policy.ts'
import { stepFeeds } from '../worker/step-feeds.ts'

/** Maximum number of WASM threads: beyond this they wait for one another. */
const MOST_THREADS = 8

/** Shape of the calibration's training step: number of clips, and decisions of each. */
const SHAPE = { clips: 8, length: 64 }

/** Number of islands on which the calibration plays in parallel. */
const ISLANDS = 32

/**
 * Number of decisions on all islands per training step: an update of reinforcement learning plays 64
 * episodes of about 70 decisions, and learns from them twice, which is 16 steps of `SHAPE`.
 */
const DECISIONS_A_STEP = 9

/**
 * Opens the device of a training, which also plays unless workers do. Rejects with `DeviceError` if there
 * is none.
 */
export async function openTrainingDevice(
  choice: DeviceChoice,
  plays: boolean,
  policy: NetworkParameters,
  clock: () => number,
): Promise<Device> {
  const { device } = await openDevice(choice, {
    openWasm: () => createWasmDevice({ threads: threads() }),
    calibrations: () =>
      // A GPU is faster at learning, but slower at playing, which gives it little work at a time
      // (docs/benchmarks.md).
      plays ? [step(policy), decisions(policy)] : [step(policy)],
    clock,
  })
  return device
}

/** Returns the number of WASM threads; of more than two cores, one is left to the page for drawing. */
function threads(): number {
  const cores = navigator.hardwareConcurrency
  return cores > 2 ? Math.min(MOST_THREADS, cores - 1) : cores
}

function step({ layout, parameters }: NetworkParameters): Calibration {
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

function decisions({ layout, parameters }: NetworkParameters): Calibration {
  const graph = stepGraph(layout.size, (builder) =>
    weightsAsInitializers(builder, layout, parameters),
  )
  return {
    model: encodeModel(graph),
    feeds: stepFeeds(layout.size, ISLANDS),
    times: DECISIONS_A_STEP,
  }
}
