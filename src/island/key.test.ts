import { describe, expect, it } from 'vitest'
import { keySeed, RandomStream, rootKey, splitKey } from './key.ts'

const BINS = 64

/** Returns chi-squared against a uniform distribution: BINS ± 34 at three standard deviations. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

function spread(numbers: readonly number[]): number {
  const counts = new Array<number>(BINS).fill(0)
  for (const x of numbers) counts[Math.floor(x * BINS)] = (counts[Math.floor(x * BINS)] ?? 0) + 1
  return chiSquared(counts)
}

function correlation(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + (x - 0.5) * ((b[i] ?? 0) - 0.5), 0) / (a.length / 12)
}

function uniforms(key: ReturnType<typeof rootKey>, n: number): number[] {
  const random = new RandomStream(key)
  return Array.from({ length: n }, () => random.uniform())
}

describe('keys', () => {
  it('produce the numbers of a second implementation', () => {
    // Computed with this Python, which shares no code with key.ts:
    //   M=0xffffffff
    //   def mix(h):
    //     h=(h^h>>16)*0x85ebca6b&M; h=(h^h>>13)*0xc2b2ae35&M; return h^h>>16
    //   def permute(k,l,r):
    //     for i,c in enumerate([0,0x9e3779b9,0x3c6ef372,0xdaa66d2b,0x78dde6e4,0x1715609d]):
    //       if i%2==0: l^=mix((r+c&M)^k[0])
    //       else: r^=mix((l+c&M)^k[1])
    //     return l,r
    //   def number(k,n): return permute(permute(k,n&M,0x2b9f3c47),n>>32&M,0x2b9f3c47)
    //   def name(k,s):
    //     for c in s: k=permute(k,ord(c),0x1e77e4c3)
    //     return permute(k,len(s),0x4a3e0d65)
    //   root=number((0x243f6a88,0x85a308d3),2024); child=name(root,'look'); print(root, child,
    //     permute(child,0,0x73eed0b9)[0], [permute(child,i,0x5157e4a1) for i in range(2)],
    //     number(root,-1))
    const root = rootKey(2024)
    const child = splitKey(root, 'look')
    const random = new RandomStream(child)
    expect(root).toEqual({ hi: 805215661, lo: 2987273766 })
    expect(child).toEqual({ hi: 1148354963, lo: 169351090 })
    expect(keySeed(child)).toBe(1143474909)
    expect([random.uint32(), random.uint32(), random.uint32(), random.uint32()]).toEqual([
      2038617128, 1382595007, 3509550724, 1815448295,
    ])
    expect(splitKey(root, -1)).toEqual({ hi: 1565370611, lo: 3460073071 })
  })

  it('split by a path, one step at a time or at once', () => {
    const root = rootKey(1)
    expect(splitKey(root, 'a', 3, 'b')).toEqual(splitKey(splitKey(splitKey(root, 'a'), 3), 'b'))
  })

  it('give every path a unique key', () => {
    const root = rootKey(1)
    const paths: (string | number)[][] = [[''], ['a'], ['b'], ['ab'], ['a', 'b'], ['', 'a'], ['1']]
    for (let n = -500; n < 500; n++) paths.push([n], ['clip', n], [n, 'clip'])
    paths.push([2 ** 32], [2 ** 32 + 1], [-(2 ** 32)])
    const keys = new Set(paths.map((path) => JSON.stringify(splitKey(root, ...path))))
    expect(keys.size).toBe(paths.length)
  })

  it('refuse a number that cannot be represented exactly', () => {
    expect(() => rootKey(0.5)).toThrow(/0.5: expected a safe integer/)
    expect(() => splitKey(rootKey(0), Number.NaN)).toThrow(/NaN/)
  })

  it('spread each stream evenly, with independent consecutive numbers', () => {
    for (let seed = 0; seed < 8; seed++) {
      const numbers = uniforms(rootKey(seed), 20_000)
      expect(spread(numbers)).toBeLessThan(BINS + 45)
      expect(Math.abs(correlation(numbers, numbers.slice(1)))).toBeLessThan(0.03)
    }
  })

  it('give siblings independent streams', () => {
    const root = rootKey(5)
    const streams = ['a', 'b', 0, 1, 2, 3].map((step) => uniforms(splitKey(root, step), 20_000))
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(0.03)
    }
    const firsts = Array.from({ length: 20_000 }, (_, n) => uniforms(splitKey(root, n), 1)[0] ?? 0)
    expect(spread(firsts)).toBeLessThan(BINS + 45)
    expect(Math.abs(correlation(firsts, firsts.slice(1)))).toBeLessThan(0.03)
  })

  it('change half of the bits when one bit of the seed changes', () => {
    const flips = new Array<number>(64).fill(0)
    const trials = 2_000
    for (let n = 0; n < trials; n++) {
      const a = splitKey(rootKey(9), n)
      const b = splitKey(rootKey(9), n ^ (1 << (n % 16)))
      for (let bit = 0; bit < 64; bit++) {
        const difference = bit < 32 ? a.hi ^ b.hi : a.lo ^ b.lo
        flips[bit] = (flips[bit] ?? 0) + ((difference >>> (bit % 32)) & 1)
      }
    }
    for (const count of flips) expect(Math.abs(count / trials - 0.5)).toBeLessThan(0.05)
  })
})

describe('RandomStream', () => {
  it('draws integers uniformly', () => {
    const random = new RandomStream(rootKey(3))
    const counts = new Array<number>(11).fill(0)
    for (let i = 0; i < 22_000; i++) {
      const n = random.below(11)
      counts[n] = (counts[n] ?? 0) + 1
    }
    expect(counts).toHaveLength(11)
    expect(chiSquared(counts)).toBeLessThan(35)
    expect(() => random.below(0)).toThrow(/below 0/)
  })

  it('draws from a normal distribution', () => {
    const random = new RandomStream(rootKey(4))
    const numbers = Array.from({ length: 20_000 }, () => random.normal())
    const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length
    const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length
    const beyondOne = numbers.filter((x) => Math.abs(x) > 1).length / numbers.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.04)
    expect(Math.abs(beyondOne - 0.3173)).toBeLessThan(0.02)
  })

  it('shuffles into every order equally often', () => {
    const random = new RandomStream(rootKey(6))
    const counts = new Map<string, number>()
    for (let i = 0; i < 6_000; i++) {
      const order = random.shuffle(['a', 'b', 'c']).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    expect(chiSquared([...counts.values()])).toBeLessThan(25)
  })
})
