/** Files that a visitor gives a page, any number at once. */

import { problemOf } from './sentences.ts'

/** What a page says about the files it was given; undefined where there is nothing to say. */
export interface TakenFiles {
  readonly said: string | undefined
  /** Why files could not be taken, as sentences. */
  readonly problem: string | undefined
}

/** Takes files one after another, so that a problem with one does not hide what is said about the others. */
export async function takeEach(
  files: readonly File[],
  take: (file: File) => Promise<string | undefined>,
): Promise<TakenFiles> {
  const said: string[] = []
  const problems: string[] = []
  for (const file of files) {
    try {
      const result = await take(file)
      if (result !== undefined) said.push(result)
    } catch (error) {
      problems.push(problemOf(error))
    }
  }
  return { said: joined(said), problem: joined(problems) }
}

function joined(sentences: readonly string[]): string | undefined {
  return sentences.length > 0 ? sentences.join(' ') : undefined
}
