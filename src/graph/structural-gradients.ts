/** Gradients of operators that rearrange elements: the inverse rearrangement. */
import { constants, operand, type Rule } from './rule.ts'
import { sizeOf } from './shape.ts'
import type { Value } from './types.ts'

export const reshapeRule: Rule = ({ builder, inputs, gradient }) => [
  () => builder.reshapeLike(gradient, operand(inputs, 0)),
]

export const transposeRule: Rule = ({ builder, attributes, gradient }) => {
  const permutation = attributes.perm && 'ints' in attributes.perm ? attributes.perm.ints : []
  return [
    () =>
      builder.transpose(
        gradient,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
  ]
}

export const sliceRule: Rule = (context) => {
  const [start = 0] = constants(context, 1)
  const [axis = 0] = constants(context, 3)
  return [() => ({ gradient: context.gradient, axis, start })]
}

export const padRule: Rule = (context) => {
  const { builder, inputs, gradient } = context
  const { shape } = operand(inputs, 0)
  const before = constants(context, 1).slice(0, shape.length)
  return [
    () =>
      shape.reduce<Value>((inner, dim, axis) => {
        const start = before[axis] ?? 0
        return dim === inner.shape[axis]
          ? inner
          : builder.slice(inner, axis, start, start + Number(dim))
      }, gradient),
  ]
}

export const concatRule: Rule = ({ builder, inputs, attributes, gradient }) => {
  const axis = attributes.axis && 'int' in attributes.axis ? attributes.axis.int : 0
  let next = 0
  return inputs.map((input) => {
    const start = next
    next += Number(input.shape[axis])
    const end = next
    return () => builder.slice(gradient, axis, start, end)
  })
}

/**
 * Rule of gathering rows from a table: the table's gradient is one-hotᵀ · gradient, which suits small
 * tables. Throws unless the gather is along axis 0 of static extents.
 */
export const gatherRule: Rule = ({ builder, node, inputs, attributes, gradient }) => [
  () => {
    const [data, indices] = [operand(inputs, 0), operand(inputs, 1)]
    const [rows] = data.shape
    const width = sizeOf(data.shape.slice(1))
    const axis = attributes.axis && 'int' in attributes.axis ? attributes.axis.int : 0
    if (axis !== 0 || typeof rows !== 'number' || typeof width !== 'number') {
      const found = `a gather along axis ${axis} of [${data.shape.join(', ')}]`
      throw new Error(
        `Node "${node.name}" in graph "${builder.name}": found ${found} to be differentiated, expected axis 0 of numeric extents.`,
      )
    }
    const picked = builder.oneHot(builder.reshape(indices, [-1]), rows)
    const flat = builder.reshape(gradient, [-1, width])
    return builder.reshape(builder.matmul(builder.transpose(picked, [1, 0]), flat), data.shape)
  },
]

export const expandRule: Rule = ({ builder, inputs, gradient }) => [
  () => builder.reduceTo(gradient, operand(inputs, 0).shape),
]
