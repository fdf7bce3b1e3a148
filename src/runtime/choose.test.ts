import { describe, expect, it } from 'vitest'
import { type Calibration, chooseDevice, type DeviceCandidate } from './choose.ts'
import type { Device, DeviceKind } from './device.ts'
import { float32, scalar } from './tensor.ts'

/** Creates fake devices that share a fake clock, which advances only when they run. */
function play() {
  let now = 0
  const open: string[] = []
  const candidate = (
    kind: DeviceKind,
    milliseconds: number,
    { answer = 1, emulated = false, fails = '', longer = milliseconds } = {},
  ): DeviceCandidate => ({
    kind,
    open: async () => {
      if (fails) throw new Error(fails)
      open.push(kind)
      const device: Device = {
        kind,
        name: kind,
        maxTensorBytes: 1,
        emulated,
        heldTensors: 0,
        lost: new Promise(() => undefined),
        load: async (model) => ({
          inputs: [],
          outputs: [],
          kept: [],
          run: async () => {
            now += model.length > 0 ? longer : milliseconds
            return { y: float32([1], Float32Array.of(answer)) }
          },
          release: async () => undefined,
        }),
        upload: () => Promise.reject(new Error('not used')),
        close: async () => {
          open.splice(open.indexOf(kind), 1)
        },
      }
      return device
    },
  })
  const feeds = { x: scalar(1) }
  const one: Calibration = { model: new Uint8Array(), feeds }
  const choose = (...candidates: DeviceCandidate[]) => chooseDevice(candidates, [one], () => now)
  /** Chooses for work that runs the graph taking `longer` this many times for each run of the other. */
  const chooseFor = (times: number, ...candidates: DeviceCandidate[]) =>
    chooseDevice(candidates, [one, { model: Uint8Array.of(1), feeds, times }], () => now)
  return { candidate, choose, chooseFor, open }
}

describe('chooseDevice', () => {
  it('chooses the fastest device, closes the others and gives the reason', async () => {
    const { candidate, choose, open } = play()
    const choice = await choose(candidate('wasm', 96), candidate('webgpu', 4.06))
    expect(choice.device.kind).toBe('webgpu')
    expect(choice.reason).toBe('webgpu: 4.1 ms per run; wasm: 96.0 ms per run.')
    expect(open).toEqual(['webgpu'])
  })

  it('keeps the CPU when the GPU is slower', async () => {
    const { candidate, choose, open } = play()
    const choice = await choose(candidate('wasm', 4), candidate('webgpu', 96))
    expect(choice.device.kind).toBe('wasm')
    expect(open).toEqual(['wasm'])
  })

  it('weights graphs by how often they are run', async () => {
    const { candidate, chooseFor } = play()
    const wasm = () => candidate('wasm', 100, { longer: 10 })
    const webgpu = () => candidate('webgpu', 20, { longer: 25 })
    const seldom = await chooseFor(5, wasm(), webgpu())
    expect(seldom.reason).toBe('webgpu: 145.0 ms per run; wasm: 150.0 ms per run.')
    const often = await chooseFor(6, wasm(), webgpu())
    expect(often.device.kind).toBe('wasm')
  })

  it('rejects a GPU that computes different results', async () => {
    const { candidate, choose, open } = play()
    const choice = await choose(candidate('wasm', 96), candidate('webgpu', 4, { answer: 2 }))
    expect(choice.reason).toBe('wasm: 96.0 ms per run; webgpu: gives different results for "y".')
    const broken = await choose(
      candidate('wasm', 96),
      candidate('webgpu', 4, { answer: Number.NaN }),
    )
    expect(broken.device.kind).toBe('wasm')
    expect(open).toEqual(['wasm', 'wasm'])
  })

  it('does not try an emulated GPU when there is a CPU', async () => {
    const { candidate, choose } = play()
    const choice = await choose(candidate('wasm', 96), candidate('webgpu', 1, { emulated: true }))
    expect(choice.reason).toContain('webgpu: emulated on the CPU')
  })

  it('continues when one device is missing, and reports all reasons when all are missing', async () => {
    const { candidate, choose } = play()
    const missing = candidate('webgpu', 1, { fails: 'this browser has no WebGPU' })
    const choice = await choose(candidate('wasm', 96), missing)
    expect(choice.reason).toBe('wasm: 96.0 ms per run; WebGPU: this browser has no WebGPU.')
    await expect(choose(missing)).rejects.toThrow(
      'No device can run graphs here. WebGPU: this browser has no WebGPU.',
    )
  })
})
