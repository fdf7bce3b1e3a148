/** CSV files. */

/**
 * Returns CSV (RFC 4180). Numbers have full precision. A text that a spreadsheet would compute as a formula gets an
 * apostrophe in front: names and notes are free texts, also those of files by others.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** Characters at the start of a text by which spreadsheets take it for a formula. */
const FORMULA = /^[=+\-@\t\r\n]/

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
