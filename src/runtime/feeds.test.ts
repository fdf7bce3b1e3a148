import { describe, expect, it } from 'vitest'
import type { Feeds, Port } from './device.ts'
import { checkFeeds } from './feeds.ts'
import { float32, int32 } from './tensor.ts'

const inputs: Port[] = [
  { name: 'frames', type: 'float32', shape: ['batch', 2] },
  { name: 'position', type: 'int32', shape: ['batch'] },
]

describe('checkFeeds', () => {
  it('accepts matching feeds', () => {
    expect(() =>
      checkFeeds(inputs, { frames: float32([3, 2]), position: int32([3]) }),
    ).not.toThrow()
  })

  const wrong: [string, Feeds, string][] = [
    [
      'an input that is missing',
      { frames: float32([3, 2]) },
      'Input "position" is not fed: found frames, expected int32 [batch] too.',
    ],
    [
      'an input that does not exist',
      { frames: float32([3, 2]), position: int32([3]), reward: float32([1]) },
      'There is no input "reward": this graph expects frames, position.',
    ],
    [
      'another type',
      { frames: int32([3, 2]), position: int32([3]) },
      'Input "frames": found int32 [3, 2], expected float32 [batch, 2].',
    ],
    [
      'another rank',
      { frames: float32([2]), position: int32([3]) },
      'Input "frames": found float32 [2], expected float32 [batch, 2].',
    ],
    [
      'another extent',
      { frames: float32([3, 4]), position: int32([3]) },
      'Input "frames": found float32 [3, 4], expected float32 [batch, 2].',
    ],
    [
      'a symbolic extent with two values',
      { frames: float32([3, 2]), position: int32([4]) },
      'Input "position": found int32 [4], expected int32 [batch] with batch = 3 as in "frames".',
    ],
    [
      'fewer elements than the shape says',
      {
        frames: { type: 'float32', shape: [3, 2], data: new Float32Array(5) },
        position: int32([3]),
      },
      'Input "frames": found 5 elements, expected 6 for float32 [3, 2].',
    ],
  ]
  it.each(wrong)('reports %s', (_what, feeds, message) => {
    expect(() => checkFeeds(inputs, feeds)).toThrow(message)
  })
})
