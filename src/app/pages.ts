/** The pages of the lab, in the order of its navigation. Their code is loaded when they are asked for. */

export interface PageEntry {
  /** What stands behind the hash. */
  readonly name: string
  readonly title: string
  /** Whether it takes the height of the window, where that is large enough, and no more. */
  readonly fits?: true
  /** Whether the header lists what its keys do. The desk shows its own, which can be changed. */
  readonly keysInHeader?: true
  /** For pages that can be opened with a model: what one does there with it. */
  readonly invitation?: string
}

export const PAGES: readonly PageEntry[] = [
  { name: 'overview', title: 'Overview' },
  { name: 'watch', title: 'Watch', fits: true, keysInHeader: true, invitation: 'Watch it live' },
  { name: 'label', title: 'Label', fits: true, invitation: 'Label its clips' },
  { name: 'train', title: 'Train', invitation: 'Train from it' },
  { name: 'evaluate', title: 'Evaluate', invitation: 'Evaluate it' },
]

/** A way from a model to a page. */
export interface Way {
  readonly address: string
  readonly words: string
}

/** What can be done with the model of a stage: every page that takes one. */
export function waysWith(stage: string): Way[] {
  return PAGES.flatMap(({ name, invitation }) =>
    invitation ? [{ address: `#/${name}?model=${stage}`, words: invitation }] : [],
  )
}
