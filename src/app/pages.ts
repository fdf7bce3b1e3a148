/** Pages of the lab, in the order of the navigation. Their code is loaded on demand. */

export interface PageEntry {
  /** Name in the address, as in `#/watch`. */
  readonly name: string
  readonly title: string
  /** Whether the page is exactly as high as the window, where that is large enough. */
  readonly fits?: true
  /** Whether the header lists its shortcuts. The labelling desk lists its own, which can be changed. */
  readonly keysInHeader?: true
  /** Whether the page is left out of the navigation, as it is reached from other pages. */
  readonly unlisted?: true
  /** Text of links that open the page with a model; undefined for pages that take none. */
  readonly invitation?: string
}

export const PAGES: readonly PageEntry[] = [
  { name: 'overview', title: 'Overview' },
  { name: 'watch', title: 'Watch', fits: true, keysInHeader: true, invitation: 'Watch it live' },
  { name: 'label', title: 'Label', fits: true, invitation: 'Label its clips' },
  { name: 'study', title: 'Study' },
  { name: 'train', title: 'Train', invitation: 'Train from it' },
  { name: 'evaluate', title: 'Evaluate', invitation: 'Evaluate it' },
  { name: 'few-labels', title: 'When labels are too few', unlisted: true },
  { name: 'island', title: 'Draw an island', unlisted: true },
]

/** Link from a model to a page. */
export interface Way {
  readonly address: string
  readonly words: string
}

/** Returns a link to every page that can be opened with a stage's model. */
export function waysWith(stage: string, island = 'home'): Way[] {
  const there = island === 'home' ? '' : `&${new URLSearchParams({ island })}`
  return PAGES.flatMap(({ name, invitation }) =>
    invitation ? [{ address: `#/${name}?model=${stage}${there}`, words: invitation }] : [],
  )
}
