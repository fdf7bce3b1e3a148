/** Tags as people type them. */
import { LONGEST_TAG, MOST_TAGS, type Run } from '../../storage/run-record.ts'
import { capitalised } from '../sentences.ts'

export type TagsReading =
  | { readonly tags: readonly string[]; readonly problem?: undefined }
  | { readonly tags?: undefined; readonly problem: string }

/** Reads typed tags, separated by commas or semicolons. */
export function readTags(text: string): TagsReading {
  const typed = text.split(/[,;\n]/).map((tag) => tag.trim().replaceAll(/\s+/g, ' '))
  const tags = [...new Set(typed.filter((tag) => tag !== ''))]
  const long = tags.find(({ length }) => length > LONGEST_TAG)
  if (long !== undefined) {
    const found = `found “${long.slice(0, 20)}…” with ${long.length} characters`
    return { problem: sentence(`${found}, expected at most ${LONGEST_TAG}: shorten it`) }
  }
  if (tags.length > MOST_TAGS) {
    return {
      problem: sentence(`found ${tags.length} tags, expected at most ${MOST_TAGS}: remove some`),
    }
  }
  return { tags }
}

function sentence(words: string): string {
  return `${capitalised(words)}.`
}

/** Returns all tags of some runs in alphabetical order. */
export function tagsOf(runs: readonly Run[]): string[] {
  return [...new Set(runs.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b, 'en'))
}

/** Returns the tag of the next sweep: `sweep 3` where `sweep 2` is in use. */
export function nextSweepTag(runs: readonly Run[]): string {
  const numbers = tagsOf(runs).flatMap((tag) => Number(/^sweep (\d{1,6})$/.exec(tag)?.[1] ?? 0))
  return `sweep ${Math.max(0, ...numbers) + 1}`
}
