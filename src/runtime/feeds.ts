import type { Feeds, Port } from './device.ts'
import { isOnDevice } from './outputs.ts'
import { checkLength, describeTensor } from './tensor.ts'

/**
 * Throws unless exactly the inputs of a graph are fed, with matching types and shapes, and each symbolic
 * extent has one value across all inputs. onnxruntime's own messages do not give the names and shapes
 * for all of these, and on WebGPU a missing input causes an unrelated failure.
 */
export function checkFeeds(inputs: readonly Port[], feeds: Feeds): void {
  const names = inputs.map(({ name }) => name)
  const foreign = Object.keys(feeds).find((name) => !names.includes(name))
  if (foreign !== undefined) {
    throw new Error(`There is no input "${foreign}": this graph expects ${names.join(', ')}.`)
  }
  const extents = new Map<string, { size: number; input: string }>()
  for (const input of inputs) checkFeed(input, feeds, extents)
}

function checkFeed(
  { name, type, shape }: Port,
  feeds: Feeds,
  extents: Map<string, { size: number; input: string }>,
): void {
  const feed = feeds[name]
  const expected = describeTensor(type, shape)
  if (feed === undefined) {
    throw new Error(
      `Input "${name}" is not fed: found ${Object.keys(feeds).join(', ') || 'nothing'}, expected ${expected} too.`,
    )
  }
  const found = describeTensor(feed.type, feed.shape)
  if (feed.type !== type || feed.shape.length !== shape.length) {
    throw new Error(`Input "${name}": found ${found}, expected ${expected}.`)
  }
  if (!isOnDevice(feed)) checkLength(feed, `Input "${name}"`)
  for (const [axis, extent] of shape.entries()) {
    const size = feed.shape[axis] ?? 0
    if (typeof extent === 'number') {
      if (extent === size) continue
      throw new Error(`Input "${name}": found ${found}, expected ${expected}.`)
    }
    const known = extents.get(extent)
    if (known === undefined) {
      extents.set(extent, { size, input: name })
    } else if (known.size !== size) {
      throw new Error(
        `Input "${name}": found ${found}, expected ${expected} with ${extent} = ${known.size} as in "${known.input}".`,
      )
    }
  }
}
