import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ISLANDS } from '../../island/index.ts'
import { type EvaluateState, useEvaluate } from '../stores/evaluate.ts'
import { bytesOf, downloaded } from '../testing/downloads.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { failWorker } from '../testing/fake-workers.ts'
import { open, overhang, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { serveMissing } from '../testing/served.ts'

// Evaluations of a few episodes, played by scripted players. e2e/evaluate.spec.ts covers the real
// runtime.

const ENDINGS = ['none', 'left', 'middle', 'right']

const said = page.getByRole('status', { name: 'Announcements' })
const progress = page.getByRole('progressbar', { name: 'Progress of the evaluation' })
const dialog = page.getByRole('dialog')
const button = (name: string | RegExp) => page.getByRole('button', { name })

/** Opens the page with a fresh store: the evaluation of an earlier test is discarded. */
async function openEvaluate(set: string): Promise<void> {
  useEvaluate.setState(useEvaluate.getInitialState(), true)
  await open(`#/evaluate?${set}`)
}

/** Puts the store in the state in which a round has finished `before` and begins to play on `island`. */
function beginIsland(island: string, before: string): void {
  const played = useEvaluate.getState().byIsland[island]
  if (played === undefined) throw new Error(`“${island}” was not played.`)
  // The first policy is played before the second one.
  const policies = played.policies.map((policy, index) => ({
    ...policy,
    episodes: index === 0 ? policy.episodes : [],
  }))
  useEvaluate.setState({
    evaluation: { ...played, phase: 'playing', policies },
    round: { islands: [before, island], done: 1 },
  })
}

async function done(): Promise<void> {
  await expect.element(said).toHaveTextContent('The evaluation is complete.')
}

/** Resolves once every island has been evaluated, which takes several times as long as what else is waited for. */
async function everyIslandDone(): Promise<void> {
  await expect
    .poll(() => Object.keys(useEvaluate.getState().byIsland), { timeout: 540_000 })
    .toHaveLength(ISLANDS.length)
}

/** Resolves once some of 2,000 episodes have ended and the time left is estimated. */
async function underWay(): Promise<void> {
  await expect
    .element(progress)
    .toHaveAttribute('aria-valuetext', expect.stringMatching(/^[1-9]\d* of 2,000 .* left$/))
}

/** Clicks a button and resolves to the file that it downloads. */
function saved(by: string): Promise<File> {
  return downloaded(() => button(by).click())
}

/** Returns the counts k/n beside the bars: for each ending, one per policy. */
function counts(): string[][] {
  return ENDINGS.map((ending) => {
    const table = page.getByRole('table', { name: `Episodes that end ${ending}` })
    const cells = table.element().querySelectorAll('td:last-child')
    return [...cells].map(({ textContent }) => textContent ?? '')
  })
}

/** Returns a policy's number of counted episodes, and the total that each ending shows. */
function counted(policy: number): { readonly k: number; readonly n: string[] } {
  const cells = counts().map((row) => (row[policy] ?? '').split('/'))
  return {
    k: cells.reduce((sum, [k]) => sum + Number(k), 0),
    n: cells.map(([, n]) => n ?? ''),
  }
}

describe('an evaluation', () => {
  const SET_UP = 'model=nano,fine-tuned&episodes=5&seed=7&reward=reward-left'

  let played: EvaluateState | undefined

  /** Opens the page with a finished evaluation, which the first call plays. */
  async function openPlayed(): Promise<void> {
    await openEvaluate(SET_UP)
    if (played) useEvaluate.setState(played, true)
    else await button('Run 10 episodes').click()
    await done()
    played = useEvaluate.getState()
  }

  it('counts every episode once', async () => {
    await openPlayed()
    expect(counted(0)).toEqual({ k: 5, n: ['5', '5', '5', '5'] })
    expect(counted(1)).toEqual({ k: 5, n: ['5', '5', '5', '5'] })
    await expect.element(page.getByRole('figure', { name: 'Reward over time' })).toBeVisible()
    await resizeWindow(TELEPHONE)
    await expect.poll(overhang).toBeLessThanOrEqual(0)
    await expectLargeControls()
  })

  it('tells how each policy plays, also among the episodes that arrive', async () => {
    await openPlayed()
    const table = page.getByRole('table', { name: 'Style of play' })
    const straightness = table.getByRole('row', { name: /^Straightness/ })
    await expect.element(table.getByRole('columnheader', { name: 'B − A' })).toBeVisible()
    await expect.element(straightness).toHaveTextContent(/\d \([\d.−]+ to [\d.−]+\)/)
    const all = straightness.element().textContent
    await page.getByText('Those that arrive').click()
    await expect.poll(() => straightness.element().textContent).not.toBe(all)
    const figure = page.getByRole('figure', { name: 'Distribution of style' })
    await figure.getByRole('combobox', { name: 'Measure' }).selectOptions('Pace')
    await expect.element(figure).toHaveTextContent(/Quartiles of pace, m\/s\. .+: [\d.]+, [\d.]+/)
    await expect.element(figure).toHaveTextContent(/B has more than A in \d and less in \d/)
    await expect.poll(() => figure.element().querySelectorAll('svg .recharts-line').length).toBe(2)
  })

  it('is saved as a table of its episodes', async () => {
    await openPlayed()
    const file = await saved('Episodes as CSV')
    expect(file.name).toMatch(/^jumppad-evaluation-[\d-]+\.csv$/)
    const [header = [], ...rows] = (await file.text())
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(rows).toHaveLength(10)
    const outcome = header.indexOf('outcome')
    const ended = (policy: string, ending: string) =>
      rows.filter((row) => row[0] === policy && row[outcome] === ending).length
    expect(
      ENDINGS.map((ending) => [`${ended('nano', ending)}/5`, `${ended('fine-tuned', ending)}/5`]),
    ).toEqual(counts())
  })

  it('is saved in full', async () => {
    await openPlayed()
    const json = JSON.parse(await (await saved('All as JSON')).text())
    expect(json).toMatchObject({ format: 'jumppad-evaluation', version: 1, complete: true })
    const [first, second] = json.policies
    expect(
      ENDINGS.map((ending) => [
        `${first.summary.outcomes[ending]}/5`,
        `${second.summary.outcomes[ending]}/5`,
      ]),
    ).toEqual(counts())
  })

  it('is played on another island, with the outcomes and starts that it has', async () => {
    await openEvaluate('model=nano,fine-tuned&episodes=6&seed=9&reward=none&start=side-platform')
    await page.getByRole('combobox', { name: 'Island' }).selectOptions('A fourth jumppad')
    const starts = page.getByRole('combobox', { name: 'Episodes start at' })
    await expect.element(starts).toHaveValue('spawn')
    await button('Run 12 episodes').click()
    await done()
    await expect
      .element(page.getByRole('table', { name: 'Episodes that end far left' }))
      .toBeVisible()
    await expect.element(page.getByRole('table', { name: 'Summary' })).toHaveTextContent('Far left')
    const events = page.getByRole('combobox', { name: 'Compared outcome' })
    await events.selectOptions('Reaches the far left jumppad')
    const json = JSON.parse(await (await saved('All as JSON')).text())
    expect(json.order).toMatchObject({ island: 'fourth', start: 'spawn' })
    expect(Object.keys(json.policies[0].summary.outcomes)).toContain('far left')
  })

  it('is repeated on all islands, and shows the figures of each that is selected', async () => {
    await openEvaluate('model=nano,fine-tuned&episodes=2&seed=9&reward=none&island=farther')
    await page.getByRole('switch', { name: 'Then on all other islands' }).click()
    await button(`Run ${4 * ISLANDS.length} episodes`).click()
    await everyIslandDone()
    const table = page.getByRole('table', { name: /^Share of episodes that reached/ })
    await expect.poll(() => table.getByRole('rowheader').elements().length).toBe(ISLANDS.length)
    const rows = (await (await saved('Episodes as CSV')).text()).trim().split('\r\n').slice(1)
    const [shownFirst, ...others] = [...new Set(rows.map((row) => row.split(',')[5]))]
    expect(shownFirst).toBe('farther')
    expect(others).toHaveLength(ISLANDS.length - 1)
    await table
      .getByRole('row', { name: /^A fourth jumppad/ })
      .getByRole('link')
      .first()
      .click()
    await expect
      .element(page.getByRole('table', { name: 'Episodes that end far left' }))
      .toBeVisible()
    await expect.element(page.getByRole('combobox', { name: 'Island' })).toHaveValue('fourth')
    await expect.element(page.getByText(/still show the set-up before/)).not.toBeInTheDocument()
    // What is selected in a figure stays while the next island of a round has no episodes to count yet.
    const filter = page.getByRole('combobox', { name: 'Filter episodes' })
    await filter.selectOptions('none')
    const event = page.getByRole('combobox', { name: 'Compared outcome' })
    await event.selectOptions('Reaches the right jumppad')
    beginIsland('longer', 'fourth')
    await expect.element(filter).toHaveValue('none')
    await expect.element(event).toHaveValue('right')
    useEvaluate.setState(({ byIsland }) => ({ evaluation: byIsland.longer, round: undefined }))
    await expect.element(filter).toHaveValue('none')
    await expect.element(event).toHaveValue('right')
    // Another seed is another evaluation, beside which the islands of this one must not stand.
    await page.getByRole('textbox', { name: 'Seed' }).fill('10')
    await page.getByRole('switch', { name: 'Then on all other islands' }).click()
    await button('Run 4 episodes').click()
    await expect.element(table).not.toBeInTheDocument()
    await done()
    await resizeWindow(TELEPHONE)
    await expect.poll(overhang).toBeLessThanOrEqual(0)
  })

  it('says on every island how well a reward model ranks the episodes, where it can', async () => {
    await openEvaluate('model=fine-tuned&episodes=10&seed=9&reward=reward-left&islands=all')
    await button(`Run ${10 * ISLANDS.length} episodes`).click()
    await everyIslandDone()
    const table = page.getByRole('table', { name: /^Share of episodes that reached/ })
    await expect.element(table.getByRole('columnheader', { name: 'Reward left' })).toBeVisible()
    const cell = (name: RegExp) => table.getByRole('row', { name }).getByRole('cell').nth(1)
    await expect.element(cell(/^Without the left one/)).toHaveTextContent('Missing')
    const { settings } = useEvaluate.getState().byIsland.home ?? {}
    expect(settings?.island).toBe('home')
    await expect.element(cell(/^The first island/)).toHaveTextContent(/^\d+\.\d\d+\.\d–\d+\.\d$/)
  })

  it('has a link, the same as in its file, that repeats it', async () => {
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    onTestFinished(() => copied.mockRestore())
    await openEvaluate('model=nano&episodes=4&seed=9&start=side-platform&reward=none')
    await button('Run 4 episodes').click()
    await done()
    const before = counts()
    const json = JSON.parse(await (await saved('All as JSON')).text())
    await button('Copy link').click()
    await expect.element(said).toHaveTextContent('The link to this evaluation is copied.')
    expect(copied).toHaveBeenCalledExactlyOnceWith(json.link)
    await openEvaluate(new URL(json.link).hash.split('?')[1] ?? '')
    await done()
    expect(counts()).toEqual(before)
    await expect.element(page.getByRole('textbox', { name: 'Seed' })).toHaveValue('9')
    await expect
      .element(page.getByRole('combobox', { name: 'Episodes start at' }))
      .toHaveValue('side-platform')
  })

  it('shows the link when the browser does not copy it', async () => {
    const refused = new DOMException('Write permission denied.', 'NotAllowedError')
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(refused)
    onTestFinished(() => copied.mockRestore())
    await openPlayed()
    await button('Copy link').click()
    await expect
      .element(page.getByText(/^Copy this link to the evaluation: http.*#\/evaluate\?.*run=now/))
      .toBeVisible()
  })

  it('exports pictures of its figures', async () => {
    await openPlayed()
    const picture = await saved('Save “Occupancy” as PNG')
    expect(picture.name).toBe('jumppad-occupancy.png')
    const bytes = await bytesOf(picture)
    expect(String.fromCharCode(...bytes.slice(1, 4))).toBe('PNG')
    expect(bytes.length).toBeGreaterThan(20_000)
    await expect.element(said).toHaveTextContent('The picture “Occupancy” is saved.')
  })
})

it('works with the keyboard alone, from the run to the replay', async () => {
  await openEvaluate('model=nano&episodes=3&reward=none')
  await expect.element(button('Run 3 episodes')).toBeEnabled()
  focus(page.getByRole('textbox', { name: 'Episodes per policy' }).element())
  await userEvent.keyboard('{ArrowUp}{Enter}')
  await done()
  // Its field was disabled meanwhile.
  await expect.element(page.getByRole('form', { name: 'Set up an evaluation' })).toHaveFocus()
  const episodes = page.getByRole('table', { name: 'Episodes', exact: true })
  focus(episodes.getByRole('button', { name: '1', exact: true }).element())
  await userEvent.keyboard('{ArrowDown}{Enter}')
  const replay = page.getByRole('dialog', { name: /^Episode 2, seed \d+/ })
  await expect
    .element(replay.getByRole('img', { name: /in this episode/ }))
    .toHaveAccessibleDescription(/^Starts .*seconds\.$/)
  focus(replay.getByRole('button', { name: 'Next episode' }).element())
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog', { name: /^Episode 3, / })).toBeVisible()
  await expect.element(dialog.getByRole('button', { name: 'Next episode' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(episodes.getByRole('button', { name: '2', exact: true })).toHaveFocus()
  expect(location.hash).toMatch(/episodes=4/)
})

it('stops, and counts only a beginning in which every episode has ended', async () => {
  await openEvaluate('model=fine-tuned&episodes=2000&reward=none&run=now')
  await underWay()
  await expect.element(page.getByRole('figure', { name: 'Outcomes' })).toBeVisible()
  location.hash = '#/evaluate?model=fine-tuned&episodes=2000&reward=none&run=now'
  await expect.element(page.getByText('Another evaluation is running')).toBeVisible()
  await button('Stop').click()
  await expect.element(said).toHaveTextContent('Stopped.')
  const note = page.getByText(/Counted out of 2,000 episodes each: \d+ of Fine-tuned/)
  const beginning = Number(/(\d+) of Fine-tuned/.exec(note.element().textContent ?? '')?.[1])
  // The fake worker stops where the second of two episodes has ended but the first has not.
  expect(beginning % 2).toBe(0)
  const n = String(beginning)
  await expect.poll(() => counted(0)).toEqual({ k: beginning, n: [n, n, n, n] })
  await expect.element(button('Run 2,000 episodes')).toBeEnabled()
})

it('stops a round on all islands, keeps what was counted, and goes on to no other island', async () => {
  await openEvaluate('model=fine-tuned&episodes=2000&reward=none&islands=all&start=side-platform')
  await expect
    .element(page.getByRole('combobox', { name: 'Episodes start at' }))
    .toHaveValue('spawn')
  await button(/^Run /).click()
  await underWay()
  await expect.element(page.getByText(/Island 1 of \d: The first island/)).toBeVisible()
  await button('Stop').click()
  await expect.element(said).toHaveTextContent('Stopped.')
  await expect.element(button(/^Run /)).toBeEnabled()
  const { evaluation, byIsland, round } = useEvaluate.getState()
  expect([evaluation?.settings.island, evaluation?.phase]).toEqual(['home', 'stopped'])
  // It can be shown again after another island.
  expect([byIsland, round]).toEqual([{ home: evaluation }, undefined])
  await expect.element(page.getByText(/Counted out of 2,000 episodes each/)).toBeVisible()
})

it('keeps what was counted when a repetition is stopped earlier', async () => {
  await openEvaluate('model=fine-tuned&episodes=2000&reward=none&run=now')
  await underWay()
  await button('Stop').click()
  const { evaluation } = useEvaluate.getState()
  if (!evaluation) throw new Error('Nothing was played')
  // A later stop would have counted more.
  const policies = evaluation.policies.map((policy) => ({
    ...policy,
    episodes: Array.from({ length: 100 }, () => policy.episodes).flat(),
  }))
  const longer = { ...evaluation, policies }
  useEvaluate.setState({ byIsland: { home: longer } })
  await button('Run 2,000 episodes').click()
  await underWay()
  await button('Stop').click()
  await expect.element(button('Run 2,000 episodes')).toBeEnabled()
  expect(useEvaluate.getState().byIsland).toEqual({ home: longer })
})

it('reports what is wrong with a model, and plays the others', async () => {
  serveMissing('models/base.onnx')
  await openEvaluate('model=base,gone,nano&episodes=2&reward=none&run=now')
  await done()
  const alert = page.getByRole('alert')
  await expect
    .element(alert)
    .toHaveTextContent('Base is left out. The model is missing: found status 404')
  await expect.element(alert).toHaveTextContent('There is no policy “gone”')
  expect(counted(0)).toEqual({ k: 2, n: ['2', '2', '2', '2'] })
})

it('reports that its worker was terminated, and can be run again', async () => {
  await openEvaluate('model=nano&episodes=2000&reward=none')
  const run = button('Run 2,000 episodes')
  await run.click()
  await underWay()
  await expect.element(page.getByRole('figure', { name: 'Outcomes' })).toBeVisible()
  failWorker('evaluation', 'The browser stopped the evaluation worker.')
  const { k } = counted(0)
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(
      `Base (nano) stopped after ${k} episodes, which are counted. The browser stopped the evaluation worker.`,
    )
  await expect.element(said).toHaveTextContent(`Base (nano) stopped after ${k} episodes`)
  await run.click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  await underWay()
  await button('Stop').click()
  await expect.element(said).toHaveTextContent('Stopped.')
})

function focus(element: Element): void {
  if (element instanceof HTMLElement) element.focus()
}
