/** Native timings of our training step and of a large matrix product in the same library. */
import { encodeModel, GraphBuilder } from '../../src/graph/index.ts'
import { RandomStream, rootKey } from '../../src/island/index.ts'
import { type Device, type DeviceTensor, float32 } from '../../src/runtime/index.ts'
import { createNativeDevice } from '../../src/runtime-node/index.ts'
import type { Rounds } from './statistics.ts'
import { createTrainer, type StepReport, train } from './workload.ts'

const SIDE = 1024
/**
 * Number of products per graph run, so that call overhead is negligible and the machine's rate is
 * not underestimated.
 */
const PRODUCTS = 4

export interface NativeTimes {
  /** Reports of the first steps, for comparison with other trainers. */
  readonly first: readonly StepReport[]
  /** Milliseconds per step. */
  readonly steps: Rounds
  /** Milliseconds per product of 1024 × 1024 matrices. */
  readonly products: Rounds
}

/** Floating-point operations per product. */
export const PRODUCT_OPERATIONS = 2 * SIDE ** 3

/** Times steps and products in alternation. */
export async function measureNative(
  rounds: number,
  stepsPerRound: number,
  checked: number,
): Promise<NativeTimes> {
  const device = await createNativeDevice()
  try {
    const clock = () => performance.now()
    const trainer = await createTrainer(device, clock)
    const multiply = await createProduct(device, clock)
    const first = await train(trainer, checked)
    await multiply()
    const steps: number[][] = []
    const products: number[][] = []
    for (let round = 0; round < rounds; round++) {
      const reports: StepReport[] = []
      const times: number[] = []
      for (let step = 0; step < stepsPerRound; step++) {
        reports.push(await trainer())
        times.push(await multiply())
      }
      steps.push(reports.map(({ milliseconds }) => milliseconds))
      products.push(times)
    }
    return { first, steps, products }
  } finally {
    await device.close()
  }
}

/** Returns a function that multiplies matrices and resolves to the milliseconds per product. */
async function createProduct(device: Device, clock: () => number): Promise<() => Promise<number>> {
  const builder = new GraphBuilder('product')
  const left = builder.input('left', 'float32', [SIDE, SIDE])
  const right = builder.input('right', 'float32', [SIDE, SIDE])
  let product = left
  for (let index = 0; index < PRODUCTS; index++) product = builder.matmul(product, right)
  builder.output('product', product)
  const program = await device.load(encodeModel(builder), { keep: ['product'] })
  const feeds = { left: await randomMatrix(device, 1), right: await randomMatrix(device, 2) }
  return async () => {
    const before = clock()
    const outputs = await program.run(feeds)
    const milliseconds = (clock() - before) / PRODUCTS
    for (const output of Object.values(outputs)) if ('dispose' in output) output.dispose()
    return milliseconds
  }
}

/** Uploads a matrix with elements of standard deviation 1/√1024, so that products neither grow nor vanish. */
function randomMatrix(device: Device, seed: number): Promise<DeviceTensor> {
  const random = new RandomStream(rootKey(seed))
  const scale = 1 / Math.sqrt(SIDE)
  const data = Float32Array.from({ length: SIDE * SIDE }, () => scale * random.normal())
  return device.upload(float32([SIDE, SIDE], data))
}
