/**
 * Inter-annotator agreement beyond chance. Neither coefficient comes from a library: npm had only
 * side projects (`krippendorff`, "not officially supported") when this was written.
 */

/**
 * Returns Cohen's kappa of two labellers' answers to the same questions, in the same order (Cohen
 * 1960, Educational and Psychological Measurement 20:37–46): 1 for full agreement, 0 for agreement
 * at chance level. Undefined for empty lists, and where both labellers gave one and the same answer
 * throughout, since chance alone would then agree fully. Throws an Error when the lists differ in
 * length.
 */
export function cohensKappa(
  first: readonly string[],
  second: readonly string[],
): number | undefined {
  if (first.length !== second.length) {
    throw new Error(
      `Found ${first.length} answers beside ${second.length}: expected answers to the same questions`,
    )
  }
  const n = first.length
  const observed = first.filter((answer, index) => answer === second[index]).length / n
  const ofSecond = tally(second)
  let expected = 0
  for (const [answer, count] of tally(first)) expected += count * (ofSecond.get(answer) ?? 0)
  expected /= n * n
  return n === 0 || expected === 1 ? undefined : (observed - expected) / (1 - expected)
}

/**
 * Returns Krippendorff's alpha for nominal answers from any number of labellers, some of whom left
 * some units out (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C). Each
 * unit is the list of the answers it received. Units with fewer than two answers cannot be paired
 * and are ignored. Undefined where nothing can be paired, or where all paired answers are the same:
 * without variation, agreement proves nothing.
 */
export function krippendorffAlpha(units: readonly (readonly string[])[]): number | undefined {
  const paired = units.filter(({ length }) => length > 1)
  const values = tally(paired.flat())
  const n = paired.reduce((sum, { length }) => sum + length, 0)
  let agreeing = 0
  for (const unit of paired) {
    for (const count of tally(unit).values()) agreeing += (count * (count - 1)) / (unit.length - 1)
  }
  let byChance = 0
  for (const count of values.values()) byChance += (count * (count - 1)) / (n - 1)
  if (values.size < 2) return undefined
  return 1 - (n - agreeing) / (n - byChance)
}

function tally(answers: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return counts
}
