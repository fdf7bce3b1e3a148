/**
 * Inter-annotator agreement beyond chance. Neither coefficient comes from a library: npm had only
 * side projects (`krippendorff`, "not officially supported") when this was written.
 */
import { addCoincidences, alphaFromCoincidences, coincidenceTable } from './krippendorff.ts'

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
      `Found ${first.length} answers and ${second.length}: expected answers to the same questions`,
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
 * some units out. Each unit is the list of the answers it received. Undefined where
 * `alphaFromCoincidences` is.
 */
export function nominalAlpha(units: readonly (readonly string[])[]): number | undefined {
  const answers = [...new Set(units.flat())]
  const table = coincidenceTable(answers.length)
  for (const unit of units) {
    addCoincidences(
      table,
      unit.map((answer) => answers.indexOf(answer)),
    )
  }
  return alphaFromCoincidences(table, [...answers.keys()], 'nominal').alpha
}

function tally(answers: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return counts
}
