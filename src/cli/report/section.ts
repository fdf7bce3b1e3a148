/** A part of the report: paragraphs, tables and pictures, one below the other. */
import type { Picture } from './picture.ts'

export interface Section {
  readonly title: string
  /** Markdown, and pictures in their places. */
  readonly body: readonly (string | Picture)[]
}

/** The one sentence that stands for what the results do not hold. */
export function notMeasured(what: string): string {
  return `Not measured yet: ${what}.`
}

/** What was drawn; a picture without data is left out. */
export function drawn(...pictures: readonly (Picture | undefined)[]): Picture[] {
  return pictures.filter((picture) => picture !== undefined)
}

/** Sections as Markdown, pictures from the folder `pictures` beside it. */
export function markdown(sections: readonly Section[], pictures: string): string {
  return sections
    .flatMap(({ title, body }) => [
      `## ${title}`,
      ...body.map((part) =>
        typeof part === 'string' ? part : `![${part.alt}](${pictures}/${part.file})`,
      ),
    ])
    .join('\n\n')
}
