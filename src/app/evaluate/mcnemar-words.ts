/** Wording of McNemar's test of two policies. */
import { type McNemarTest, mcNemarValues } from '../../evaluation/mcnemar.ts'
import { countOf } from '../ui/format.ts'

/** Significance level: differences with a smaller p-value are reported as real. */
const LEVEL = 0.05

/** Returns the sentence for a test of whether the first or the second does something more often. */
export function mcNemarSentence(
  first: string,
  second: string,
  { onlyFirst, onlySecond, p }: Pick<McNemarTest, 'onlyFirst' | 'onlySecond' | 'p'>,
): string {
  const apart = onlyFirst + onlySecond
  if (apart === 0) return 'They do not differ in any pair, so there is nothing to test.'
  const more = onlyFirst > onlySecond ? first : second
  if (p < LEVEL) {
    return `${more} does so more often, by more than chance would explain at the 5 % level.`
  }
  const differ = `They differ in ${countOf(apart, 'pair')}`
  if (mcNemarValues(apart, 0).p >= LEVEL) {
    return `${differ}: too few to tell them apart at the 5 % level, even if all favoured the same one. Run more episodes.`
  }
  if (onlyFirst === onlySecond) return `${differ}, as often in one direction as in the other.`
  return `${differ}, ${Math.max(onlyFirst, onlySecond)} of them in favour of ${more}: not enough to rule out chance at the 5 % level.`
}
