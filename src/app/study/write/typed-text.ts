/** Conversion between values of a study and the text in its form. */

/** Returns the lines of a text that are not empty. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Returns the names in a text, which spaces or commas separate. */
export function namesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '')
}

/** Returns a UTC time as a `datetime-local` field shows it, in local time; '' for none. */
export function toLocal(moment: string | undefined): string {
  if (moment === undefined) return ''
  const time = new Date(moment)
  const local = new Date(time.getTime() - 60_000 * time.getTimezoneOffset())
  return local.toISOString().slice(0, 16)
}

/** Returns the UTC time that a `datetime-local` field shows; undefined for an empty or invalid one. */
export function fromLocal(text: string): string | undefined {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
