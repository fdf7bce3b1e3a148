/** Looks of the lines of a comparison. */

export interface LineLook {
  readonly colour: string
  /** Pattern of dashes; undefined for a solid line. */
  readonly dashes?: string
}

const COLOURS = [
  'var(--series-1)',
  'var(--series-2)',
  'var(--stage-aligned)',
  'var(--stage-scratch)',
  'var(--stage-fine-tuned)',
  'var(--mantine-color-dimmed)',
]

/** Patterns, one more than colours, so that 42 lines differ. */
const DASHES = [undefined, '7 3', '2 3', '12 4', '8 3 2 3', '4 4', '12 3 2 3 2 3']

/** Returns the look of the line at an index: neighbours differ in both colour and dashes, for readers who see few colours. */
export function lookOf(index: number): LineLook {
  const dashes = DASHES[index % DASHES.length]
  return { colour: COLOURS[index % COLOURS.length] ?? '', ...(dashes && { dashes }) }
}
