/** Our step natively, beside what the same library makes of one large matrix product. */
import { encodeModel, GraphBuilder } from '../../src/graph/index.ts'
import { RandomStream, rootKey } from '../../src/island/index.ts'
import { type Device, type DeviceTensor, float32 } from '../../src/runtime/index.ts'
import { createNativeDevice } from '../../src/runtime-node/index.ts'
import type { Rounds } from './statistics.ts'
import { createTrainer, type StepReport, train } from './workload.ts'

const SIDE = 1024
/** In one run of the graph, so that calling it hardly counts and the machine's rate is not belittled. */
const PRODUCTS = 4

export interface NativeTimes {
  /** The first steps, for comparison with other trainers. */
  readonly first: readonly StepReport[]
  /** Milliseconds a step. */
  readonly steps: Rounds
  /** Milliseconds for one product of 1024 × 1024 matrices. */
  readonly products: Rounds
}

/** Operations of one product. */
export const PRODUCT_OPERATIONS = 2 * SIDE ** 3

/** Times steps and products in turn. */
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

/** A function that multiplies matrices and gives the milliseconds for one product. */
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

/** Elements of deviation 1/√1024, so that products neither grow nor vanish. */
function randomMatrix(device: Device, seed: number): Promise<DeviceTensor> {
  const random = new RandomStream(rootKey(seed))
  const scale = 1 / Math.sqrt(SIDE)
  const data = Float32Array.from({ length: SIDE * SIDE }, () => scale * random.normal())
  return device.upload(float32([SIDE, SIDE], data))
}
