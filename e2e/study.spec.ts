import { expect, type Page, test } from '@playwright/test'
import { press } from './support/label.ts'
import { type ServedStudy, serveStudy } from './support/served-study.ts'
import { visit } from './support/visitor.ts'

// Small enough for a minute: two labellers with four pairs each, a golden pair and a re-show.
const WORDS = [
  ...['--agent', 'models/fine-tuned.onnx', '--title', 'Ways to the left'],
  ...['--question', 'Which goes more directly to the left jumppad?'],
  ...['--labellers', '2', '--pairs-each', '4', '--overlap', '2', '--re-shows', '1'],
  ...['--clips', '60', '--seed', '1'],
]
const SETTINGS = {
  // The sides on which clips are shown follow from the id: some pairs show the same sides to both.
  id: '5f0dcb0e-3c1f-4d5e-9a55-6f4a8f6e0001',
  golden: { jumppad: 'left', pairs: 1, least: 0, below: 'note' },
  practice: { pairs: 1, least: 0 },
  completion: { code: 'THANKS-42' },
}
/** Number of pairs that each labeller is shown: fresh, golden, re-shown. */
const SHOWN = 4 + 1 + 1

let served: ServedStudy

test.describe('a study with its collector', () => {
  test.beforeAll(async () => {
    served = await serveStudy(WORDS, SETTINGS)
  })
  test.afterAll(() => served.end())

  test('two people label in their own browsers, and the researcher sees, decides and exports', async ({
    launchOptions,
  }) => {
    const visitors = await Promise.all([0, 1, 2].map(() => visit(launchOptions)))
    const pages = await Promise.all(visitors.map(({ context }) => context.newPage()))
    const [ada, ben, researcher] = pages
    const [forAda, forBen] = served.invitations
    if (!ada || !ben || !researcher || !forAda || !forBen) throw new Error('A page is missing')

    await researcher.goto(served.researcherLink)
    await expect(researcher.getByRole('status', { name: 'Collector' })).toContainText('Connected')
    expect(researcher.url()).not.toContain('access')

    // One prefers whatever is on the left, the other what is on the right: they disagree where a pair's
    // sides happen to be the same for both.
    await Promise.all([label(ada, forAda, 'ArrowLeft'), label(ben, forBen, 'ArrowRight')])

    const progress = researcher.getByRole('region', { name: 'Overall progress' })
    await expect(progress).toContainText('2 of 2')
    await expect(researcher.getByRole('table', { name: 'Labellers' })).toContainText('finished')
    const decided = await decideAll(researcher)
    expect(decided).toBeGreaterThan(0)
    await researcher.getByRole('link', { name: 'Results' }).click()
    const basis = researcher.getByRole('table', { name: 'What the answers rest on' })
    await expect(basis.getByRole('row', { name: 'Decided by you' })).toContainText(String(decided))
    const exported = (await served.study('export', served.dir, '--format', 'jsonl'))
      .trim()
      .split('\n')
    const labels = exported.map((line) => JSON.parse(line)).filter(({ type }) => type === 'label')
    expect(labels).toHaveLength(2 * SHOWN)
    expect(new Set(labels.map(({ id }) => id)).size).toBe(2 * SHOWN)
    await Promise.all(visitors.map((visitor) => visitor.leave()))
  })
})

/** Takes part by keyboard, from the link to the code at the end, with one key for every answer. */
async function label(page: Page, link: string, key: string): Promise<void> {
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Ways to the left' })).toBeVisible()
  await page.getByRole('button', { name: 'I agree and want to take part' }).press('Enter')
  await page.getByRole('button', { name: 'Start with 1 practice pair' }).press('Enter')
  const practised = async () => {
    await page.keyboard.press(key)
    return page.getByRole('region', { name: 'Feedback' }).isVisible()
  }
  await expect.poll(practised, { intervals: [100] }).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Start labelling' }).press('Enter')
  const sent = page.getByRole('status', { name: 'Sent labels' })
  for (let pair = 1; pair <= SHOWN; pair++) {
    // Half-way the page is closed and opened again: the same pair is shown.
    if (pair === 3) await page.reload()
    await expect(page.getByText(`Pair ${pair} of ${SHOWN}`)).toBeVisible()
    await press(page, key)
    await expect(sent).toHaveText(new RegExp(`^${pair} of ${pair} `))
  }
  await expect(page.getByText('THANKS-42')).toBeVisible()
}

/** Decides all disputed pairs for the left clip by keyboard, and returns their number. */
async function decideAll(page: Page): Promise<number> {
  await page.getByRole('link', { name: /^Disputes/ }).click()
  const disputed = page.getByRole('navigation', { name: 'Disputed pairs' })
  const left = async () => Number.parseInt(await disputed.innerText(), 10)
  await expect(disputed).toContainText('to decide')
  const pairs = await left()
  const block = page.getByRole('group', { name: /^Decision on pair/ })
  for (let pair = 1; pair <= pairs; pair++) {
    // Just after a change of pair, keys are ignored.
    await expect(block).toHaveAttribute('aria-busy', 'false')
    await expect(block).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(left).toBe(pairs - pair)
  }
  return pairs
}
