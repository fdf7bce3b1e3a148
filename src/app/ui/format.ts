/** Formats of numbers, counts, times and dates, the same on all pages. */

/** Formats a whole number with commas, as in `46,560`. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** Formats a count with its noun, as in `1 episode` or `1,000 episodes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`
}

/** Formats a share in percent with one decimal, without the sign, as everywhere in the report. */
export function percent(share: number): string {
  return (100 * share).toFixed(1)
}

/** Formats the number of a network's parameters, as in `46,560` or `1.10 million`. */
export function parameterCount(count: number): string {
  return count < 100_000 ? whole(count) : `${(count / 1e6).toFixed(2)} million`
}

/** Formats a duration, as in `less than a minute`, `3 min` or `1 h 20 min`. */
export function timeWords(seconds: number): string {
  if (seconds < 45) return 'less than a minute'
  const minutes = Math.max(1, Math.round(seconds / 60))
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Formats a date with its time, as in `Jan 5, 2025, 3:04 PM`. */
export function dateWords(date: string): string {
  return new Date(date).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })
}
