/** A device that says before each run of a graph how large the run is. */
import type { Device, Feeds, Program } from '../../runtime/index.ts'

/**
 * `attend` hears of every run of the graphs that are loaded through the result, and the run waits for
 * it; where it throws, the run does not happen. That is how a worker breathes, counts and stops
 * within a long loop that knows nothing of it.
 */
export function attended(device: Device, attend: (feeds: Feeds) => Promise<void>): Device {
  return {
    kind: device.kind,
    name: device.name,
    maxTensorBytes: device.maxTensorBytes,
    emulated: device.emulated,
    get heldTensors() {
      return device.heldTensors
    },
    lost: device.lost,
    load: async (model, options) => attendedProgram(await device.load(model, options), attend),
    upload: (tensor) => device.upload(tensor),
    close: () => device.close(),
  }
}

function attendedProgram(program: Program, attend: (feeds: Feeds) => Promise<void>): Program {
  const { inputs, outputs, kept } = program
  return {
    inputs,
    outputs,
    kept,
    run: async (feeds) => {
      await attend(feeds)
      return program.run(feeds)
    },
    release: () => program.release(),
  }
}
