/** Parsing of typed numbers, with a decimal point or a decimal comma. */

/** Range of numbers that a field accepts. */
export interface NumberRange {
  readonly minimum: number
  readonly maximum: number
  /** Whether only whole numbers are accepted. */
  readonly integer: boolean
}

export type NumberReading =
  | { readonly value: number; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string }

/** Minus signs that word processors and phones write. */
const MINUS = /^[−–‒﹣－]/
/** Spaces and apostrophes that separate thousands. */
const PART_THOUSANDS = /(?<=\d)[\s\u00a0\u202f\u2009'’](?=\d{3}(?!\d))/g
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const GROUPED = /^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/

/**
 * Parses a typed or pasted number: `1e-3`, `0,001`, `1.234,5`, `1 000`, `−5`. Text that the two
 * notations read differently is rejected rather than guessed.
 */
export function readNumber(text: string, range: NumberRange): NumberReading {
  const expected = `expected ${rangeWords(range)}`
  const plain = text.trim().replace(MINUS, '-').replaceAll(PART_THOUSANDS, '')
  if (plain === '') return { problem: expected }
  const read = withDecimalPoint(plain, range.integer)
  if (read === 'ambiguous') {
    const [thousands, decimal] = [plain.replaceAll(/[.,]/g, ''), plain.replace(',', '.')]
    return { problem: `“${plain}” could mean ${thousands} or ${decimal}: enter one of these` }
  }
  if (read === undefined) return { problem: `“${text.trim()}” is not a number: ${expected}` }
  const value = Number(read)
  const { minimum, maximum, integer } = range
  const fits = value >= minimum && value <= maximum && (!integer || Number.isInteger(value))
  return fits ? { value } : { problem: `found ${value}, ${expected}` }
}

/** Returns the number with a decimal point and without thousands separators; undefined if it is none. */
function withDecimalPoint(text: string, integer: boolean): string | 'ambiguous' | undefined {
  const [points, commas] = [text.split('.').length - 1, text.split(',').length - 1]
  if (commas === 0 && PLAIN.test(text) && !(integer && GROUPED.test(text))) return text
  if (points > 0 && commas > 0) {
    // The last separator is the decimal one.
    const decimal = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
    const thousands = decimal === '.' ? ',' : '.'
    const [whole = '', rest = ''] = text.split(decimal)
    if (!GROUPED.test(whole) || rest.includes(thousands)) return undefined
    return checked(`${whole.replaceAll(thousands, '')}.${rest}`)
  }
  if (GROUPED.test(text)) {
    if (integer || points + commas > 1) return text.replaceAll(/[.,]/g, '')
    return commas === 1 ? 'ambiguous' : text
  }
  return commas === 1 ? checked(text.replace(',', '.')) : undefined
}

function checked(text: string): string | undefined {
  return PLAIN.test(text) ? text : undefined
}

/** Describes a range, as in “a whole number from 0 to 1,000”. */
function rangeWords({ minimum, maximum, integer }: NumberRange): string {
  const [low, high] = [minimum, maximum].map((end) => end.toLocaleString('en-US'))
  return `a ${integer ? 'whole number' : 'number'} from ${low} to ${high}`
}
