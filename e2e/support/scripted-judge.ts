/**
 * Scripted labeller who uses the desk without seeing it: reads each pair's description for screen
 * readers and answers with the page's keyboard shortcuts.
 */
import type { Page } from '@playwright/test'
import type { Label, LabelVerdict } from '../../src/alignment/labels/index.ts'
import { type Archive, decodeArchive, encodeLines } from '../../src/storage/archive/index.ts'
import { press } from './label.ts'
import { expect } from './watch.ts'

/** Key of an answer: left is preferred, right is preferred, or neither. */
type Answer = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp'

/**
 * Returns the seconds until a clip reaches the jumppad, according to its description; undefined if
 * it does not.
 */
function secondsTo(jumppad: string, words: string): number | undefined {
  const found = new RegExp(`Touches the ${jumppad} jumppad after ([\\d.]+) seconds`).exec(words)
  return found?.[1] === undefined ? undefined : Number(found[1])
}

/**
 * Returns the answer of a judge who prefers one jumppad to a pair described as `Pair 7. Left clip:
 * … Right clip: …`.
 */
function judged(words: string, jumppad: string): Answer {
  const clips = /Left clip: (.*) Right clip: (.*)$/.exec(words)
  if (clips === null) throw new Error(`The desk said "${words}", expected two clips`)
  const [left = Number.POSITIVE_INFINITY, right = Number.POSITIVE_INFINITY] = clips
    .slice(1)
    .map((clip) => secondsTo(jumppad, clip))
  if (left === right) return 'ArrowUp'
  return left < right ? 'ArrowLeft' : 'ArrowRight'
}

/** Waits for the description of the pair with this number and returns it. */
async function wordsOf(page: Page, pair: number): Promise<string> {
  const said = page.getByRole('status', { name: 'Current pair' })
  await expect(said).toContainText(`Pair ${pair}. `)
  return (await said.textContent()) ?? ''
}

/** Answers pairs until `decisive` answers prefer one side; returns the number of pairs answered. */
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
 * Returns a file of labels as an uninformative control: every second label that prefers a clip has
 * its preference flipped, so that together they carry no preference.
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
