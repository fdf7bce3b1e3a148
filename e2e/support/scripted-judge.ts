/**
 * A person at the labelling desk who hears the page and does not see it: reads what a screen reader
 * is told of each pair, and answers by the page's own keys.
 */
import type { Page } from '@playwright/test'
import type { Label, LabelVerdict } from '../../src/alignment/labels/index.ts'
import { type Archive, decodeArchive, encodeLines } from '../../src/storage/archive/index.ts'
import { press } from './label.ts'
import { expect } from './watch.ts'

/** Left is preferred, right is, neither of them. */
export type Answer = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp'

/** Seconds until a clip touches the jumppad, by the words on it; undefined where it does not. */
function secondsTo(jumppad: string, words: string): number | undefined {
  const found = new RegExp(`Touches the ${jumppad} jumppad after ([\\d.]+) seconds`).exec(words)
  return found?.[1] === undefined ? undefined : Number(found[1])
}

/** What who wants one jumppad answers to `Pair 7. Left clip: … Right clip: …`. */
export function judged(words: string, jumppad: string): Answer {
  const clips = /Left clip: (.*) Right clip: (.*)$/.exec(words)
  if (clips === null) throw new Error(`The desk said "${words}", expected two clips`)
  const [left = Number.POSITIVE_INFINITY, right = Number.POSITIVE_INFINITY] = clips
    .slice(1)
    .map((clip) => secondsTo(jumppad, clip))
  if (left === right) return 'ArrowUp'
  return left < right ? 'ArrowLeft' : 'ArrowRight'
}

/** What is said of the pair of this number, once it is. */
async function wordsOf(page: Page, pair: number): Promise<string> {
  const said = page.getByRole('status', { name: 'What is on the desk' })
  await expect(said).toContainText(`Pair ${pair}. `)
  return (await said.textContent()) ?? ''
}

/** Answers pairs until so many of the answers prefer one side. Gives the number of pairs. */
export async function labelUntil(page: Page, jumppad: string, decisive: number): Promise<number> {
  let decided = 0
  for (let pair = 1; ; pair++) {
    const answer = judged(await wordsOf(page, pair), jumppad)
    await press(page, answer)
    if (answer !== 'ArrowUp') decided++
    if (decided === decisive) return pair
  }
}

/**
 * The labels of a file with their answers shuffled: those that prefer a clip prefer the other one in
 * every second case, so that together they say nothing.
 */
export function shuffled(file: Uint8Array): Uint8Array {
  const archive = decodeArchive(file)
  let decided = 0
  const labels = archive.labels.map((label): Label => {
    if (label.verdict !== 'first' && label.verdict !== 'second') return label
    return decided++ % 2 === 0 ? label : { ...label, verdict: other(label.verdict) }
  })
  return encodeLines({ ...archive, labels } satisfies Archive)
}

function other(verdict: 'first' | 'second'): LabelVerdict {
  return verdict === 'first' ? 'second' : 'first'
}
