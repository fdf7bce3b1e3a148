/** Section of the report: a sequence of paragraphs, tables and figures. */
import type { Picture } from './picture.ts'

export interface Section {
  readonly title: string
  /** Markdown blocks and figures in order. */
  readonly body: readonly (string | Picture)[]
}

/** Returns the sentence that stands in for missing results. */
export function notMeasured(what: string): string {
  return `Not measured yet: ${what}.`
}

/** Returns the figures that have data. */
export function drawn(...pictures: readonly (Picture | undefined)[]): Picture[] {
  return pictures.filter((picture) => picture !== undefined)
}

/** Renders sections as Markdown, with figures linked from the folder `pictures` beside it. */
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
