/** Device wrapper that awaits a callback before every run of a graph. */
import type { Device, Feeds, Program } from '../../runtime/index.ts'

/**
 * Returns a device that awaits `onRun` with the feeds before every run of a graph loaded through it;
 * where `onRun` rejects, so does the run, and nothing is computed. This is how a worker yields to the
 * event loop, counts decisions and stops inside a long loop that is unaware of it.
 */
export function withRunHook(device: Device, onRun: (feeds: Feeds) => Promise<void>): Device {
  return {
    kind: device.kind,
    name: device.name,
    maxTensorBytes: device.maxTensorBytes,
    emulated: device.emulated,
    get heldTensors() {
      return device.heldTensors
    },
    lost: device.lost,
    load: async (model, options) => hookedProgram(await device.load(model, options), onRun),
    upload: (tensor) => device.upload(tensor),
    close: () => device.close(),
  }
}

function hookedProgram(program: Program, onRun: (feeds: Feeds) => Promise<void>): Program {
  const { inputs, outputs, kept } = program
  return {
    inputs,
    outputs,
    kept,
    run: async (feeds) => {
      await onRun(feeds)
      return program.run(feeds)
    },
    release: () => program.release(),
  }
}
