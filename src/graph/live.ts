/** Dead-node elimination. */
import type { GraphCore } from './core.ts'
import type { GraphNode, Value } from './types.ts'

/** Returns the nodes that the outputs depend on, in topological order. */
export function liveNodes(builder: GraphCore): GraphNode[] {
  const live = new Set<GraphNode>()
  const pending: Value[] = builder.outputs.map(({ value }) => value)
  for (let value = pending.pop(); value; value = pending.pop()) {
    const node = builder.producer(value)
    if (!node || live.has(node)) continue
    live.add(node)
    pending.push(...node.inputs)
  }
  return builder.nodes.filter((node) => live.has(node))
}
