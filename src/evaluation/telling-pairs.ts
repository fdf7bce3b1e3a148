/** Pairs of clips from which a reward model learns a style with few labels. */
import type { ClipPair } from '../alignment/comparisons.ts'
import { type Key, RandomStream } from '../island/index.ts'
import { type JudgedEpisode, type StyleWish, styleFit } from './wish.ts'

/** Share of pairs in which both clips arrive; in the others one does, which must be learned as well. */
const STYLE_SHARE = 0.9

/**
 * Number of pairs in which a clip may be the better one in style, about: where few clips have what is
 * wished for, a reward model would otherwise learn these clips by heart.
 */
const MOST_USES = 6

/**
 * Returns up to `count` pairs that are told apart easily, in random order: most of them of a clip from
 * the third of those that arrive and fit the wish best, and one from the third that fits it least; the
 * others of a clip that arrives and one that does not, more of these where few clips fit. Pairs drawn at
 * random teach less: in most of them one clip does not arrive, or both are about alike. No pair comes
 * twice; there are fewer than `count` where the clips make no more.
 */
export function tellingPairs(
  clips: readonly JudgedEpisode[],
  wish: StyleWish,
  count: number,
  key: Key,
): ClipPair[] {
  const random = new RandomStream(key)
  const fitOf = styleFit(wish)
  const order = random.shuffle(clips.map((_, index) => index))
  const endingOf = (index: number) => clips[index]?.ending ?? 'none'
  const missing = order.filter((index) => endingOf(index) === 'none')
  const fits = order.flatMap((index) => {
    const clip = clips[index]
    return clip === undefined || clip.ending === 'none' ? [] : [{ index, value: fitOf(clip) }]
  })
  fits.sort((a, b) => b.value - a.value)
  const third = Math.ceil(fits.length / 3)
  const least = fits.slice(fits.length - third)
  const bound = Math.max(...least.map(({ value }) => value))
  const best = fits.slice(0, third).filter(({ value }) => value > bound)
  const indices = (list: readonly { readonly index: number }[]) =>
    random.shuffle(list.map(({ index }) => index))
  const byStyle = combinations(indices(best), indices(least)).slice(0, MOST_USES * best.length)
  const byArriving = combinations(indices(fits), missing)
  const most = Math.min(byStyle.length, Math.round(STYLE_SHARE * count))
  const rest = Math.min(byArriving.length, count - most)
  const chosen = [...byStyle.slice(0, count - rest), ...byArriving.slice(0, rest)]
  return random.shuffle(chosen).map(([good, bad]) => {
    const swapped = random.chance(0.5)
    return swapped ? { first: bad, second: good } : { first: good, second: bad }
  })
}

/**
 * Returns all pairs of an element of each list, in an order in which any first part of them uses the
 * elements of each list about equally often.
 */
function combinations(a: readonly number[], b: readonly number[]): [number, number][] {
  const total = a.length * b.length
  const cycle = total / Math.max(1, commonDivisor(a.length, b.length))
  // Within a cycle no pair comes twice; the next one pairs every element with another.
  return Array.from({ length: total }, (_, i) => {
    const [first, second] = [a[i % a.length], b[(i + Math.floor(i / cycle)) % b.length]]
    return [first ?? -1, second ?? -1]
  })
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
