import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rootKey } from '../island/index.ts'
import { initialParameters, parameterLayout, withTrunkOf } from './parameters.ts'
import { partOf, standingOn, upperLayout, withPart } from './upper.ts'

const size = { width: 8, layers: 3, heads: 2, patchFeatures: 2, frameFeatures: 8 }
const policy = parameterLayout(size, 'policy')
const parameters = initialParameters(policy, rootKey(1))

describe('the upper part of a network', () => {
  it('can be cut out and put back without losing or moving a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0, 1), (blocks, other) => {
        const part = upperLayout(policy, blocks)
        const own = partOf(part, policy, parameters)
        expect(withPart(part, policy, parameters, own)).toEqual(parameters)
        const changed = withPart(part, policy, parameters, own.fill(other))
        expect(partOf(part, policy, changed)).toEqual(own)
        const same = changed.filter((value, index) => value === parameters[index]).length
        expect(same).toBeGreaterThanOrEqual(policy.count - part.count)
      }),
      { numRuns: 20 },
    )
  })

  it('contains the read-out, the topmost blocks and the final norm, with decayed parameters first', () => {
    const part = upperLayout(policy, 1)
    expect(part.firstLayer).toBe(2)
    expect(part.slots.map(({ name }) => name)).toEqual([
      'head/policy',
      'layer2/attention/queryKeyValue',
      'layer2/attention/output',
      'layer2/mlp/expand',
      'layer2/mlp/contract',
      'layer2/attention/gain',
      'layer2/mlp/gain',
      'final/gain',
    ])
    expect(part.slots.find(({ offset }) => offset === part.decayedCount)?.name).toBe(
      'layer2/attention/gain',
    )
    expect(upperLayout(policy, 0)).toBe(policy)
    expect(upperLayout(policy, 3)).toBe(policy)
  })

  it('shares a stream only with a reward model on the same blocks', () => {
    const layout = parameterLayout(size, 'reward')
    const agent = { layout: policy, parameters }
    const grown = withTrunkOf(layout, agent, rootKey(2))
    const change = (name: string): Float32Array => {
      const changed = grown.slice()
      const offset = layout.slots.find((slot) => slot.name === name)?.offset ?? -1
      changed[offset] = (changed[offset] ?? 0) + 1e-3
      return changed
    }
    const readsStream = (of: Float32Array, blocks: number): boolean =>
      standingOn(agent, { layout, parameters: of }, blocks).layout.firstLayer > 0
    expect(readsStream(grown, 1)).toBe(true)
    expect(readsStream(grown, 0)).toBe(false)
    expect(readsStream(change('layer2/mlp/gain'), 1)).toBe(true)
    expect(readsStream(change('layer1/mlp/gain'), 1)).toBe(false)
    expect(readsStream(change('frame/join/bias'), 2)).toBe(false)
  })
})
