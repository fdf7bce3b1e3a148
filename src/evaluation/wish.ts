/** Wishes: what a judge prefers, either a jumppad or a style of play. */
import { z } from 'zod'
import { type Judge, type JudgedClip, judgeFor } from '../alignment/comparisons.ts'
import { questionFor } from '../alignment/labels/golden.ts'
import { outcomeSchema } from '../alignment/outcome-schema.ts'
import type { Episode, Outcome } from '../island/index.ts'
import {
  STYLE_DIRECTIONS,
  STYLE_MEASURES,
  STYLE_NAMES,
  type StyleMeasure,
  styleOf,
} from './style.ts'

/** Wish for more or less of a measure of style, among the episodes that arrive at a jumppad. */
export const styleWishSchema = z.strictObject({
  measure: z.enum(STYLE_NAMES),
  direction: z.enum(STYLE_DIRECTIONS),
})
export type StyleWish = Readonly<z.infer<typeof styleWishSchema>>

/** Schema of a wish: the name of a jumppad, or a wish about style. */
export const wishSchema = z.union([outcomeSchema, styleWishSchema])
export type Wish = Outcome | StyleWish

/** All wishes about style. */
export const STYLE_WISHES: readonly StyleWish[] = STYLE_NAMES.flatMap((measure) =>
  STYLE_DIRECTIONS.map((direction) => ({ measure, direction })),
)

export function isStyleWish(wish: Wish): wish is StyleWish {
  return typeof wish !== 'string'
}

/** Returns a wish's name in files and commands: that of its jumppad, or such as `less pace`. */
export function wishName(wish: Wish): string {
  return isStyleWish(wish) ? `${wish.direction} ${wish.measure}` : wish
}

/** Returns the wish about style with a name; undefined if there is none. */
export function styleWishNamed(name: string): StyleWish | undefined {
  return STYLE_WISHES.find((wish) => wishName(wish) === name)
}

/** Returns the measure that a wish about style is for. */
export function measureOf({ measure }: StyleWish): StyleMeasure {
  const found = STYLE_MEASURES.find(({ name }) => name === measure)
  if (found === undefined) throw new RangeError(`There is no measure of style named ${measure}`)
  return found
}

/** Returns what is preferred, as a predicate: `moves slower`. */
export function stylePredicate(wish: StyleWish): string {
  return measureOf(wish).predicates[wish.direction]
}

/** Returns the question that asks people for a style. */
export function styleQuestion(wish: StyleWish): string {
  return `Which arrives and ${stylePredicate(wish)}?`
}

/** Returns the question that asks people for a jumppad or a style. */
export function wishQuestion(wish: Wish): string {
  return isStyleWish(wish) ? styleQuestion(wish) : questionFor(wish)
}

/** Returns the wish that a question asks for; undefined unless `styleQuestion` wrote it. */
export function styleWishIn(question: string): StyleWish | undefined {
  return STYLE_WISHES.find((wish) => styleQuestion(wish) === question.trim())
}

/** Clip whose style a judge can measure. */
export type JudgedEpisode = Episode & JudgedClip

/** Returns the synthetic judge for a wish. */
export function judgeOf(wish: Wish): Judge<JudgedEpisode> {
  return isStyleWish(wish) ? styleJudge(wish) : judgeFor(wish)
}

/** Styles of clips that were measured before: measuring one replays it. */
const styles = new WeakMap<JudgedEpisode, readonly number[]>()

/** Returns a function that tells how well an episode fits a wish: the more, the better. */
export function styleFit(wish: StyleWish): (clip: JudgedEpisode) => number {
  const place = STYLE_MEASURES.indexOf(measureOf(wish))
  const sign = wish.direction === 'more' ? 1 : -1
  return (clip) => {
    const style = styles.get(clip) ?? styleOf(clip)
    styles.set(clip, style)
    return sign * (style[place] ?? Number.NaN)
  }
}

/**
 * Returns a judge that prefers a style: a clip that arrives at any jumppad beats one that does not;
 * if both arrive, the one with more, or less, of the measure wins; otherwise it is a tie.
 */
function styleJudge(wish: StyleWish): Judge<JudgedEpisode> {
  const fitOf = styleFit(wish)
  return (first, second) => {
    const [firstArrives, secondArrives] = [first.ending !== 'none', second.ending !== 'none']
    if (firstArrives !== secondArrives) return firstArrives ? 1 : 0
    if (!firstArrives) return 0.5
    const [a, b] = [fitOf(first), fitOf(second)]
    return a === b ? 0.5 : a > b ? 1 : 0
  }
}
