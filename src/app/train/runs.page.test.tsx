import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { madeUpClip } from '../../alignment/labels/testing/made-up-labels.ts'
import { islandNamed } from '../../island/index.ts'
import { METHODS, type TrainingKind } from '../../procedure/training/index.ts'
import { ALIGN, REWARD } from '../../procedure/training/testing/made-up-training.ts'
import { LabDatabase, type Run, readRuns, saveRuns } from '../../storage/index.ts'
import { madeUpRun } from '../../storage/testing/made-up-run.ts'
import { useTraining } from '../stores/training.ts'
import { forgetDatabase } from '../testing/database.ts'
import { downloaded } from '../testing/downloads.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { DESK, open, overhang, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { trainingQueue } from '../training/queue.ts'
import { useMaterials } from './materials.ts'

beforeEach(async () => {
  await forgetDatabase()
  useMaterials.setState(useMaterials.getInitialState(), true)
})

/** Stores runs in this browser, and has the queue of the page read them. */
async function store(...runs: readonly Run[]): Promise<void> {
  const database = new LabDatabase()
  await saveRuns(
    database,
    runs.map((run) => ({ run, data: undefined })),
  )
  await database.close()
  await (await trainingQueue()).cancel([])
}

async function storedRuns(): Promise<readonly Run[]> {
  const database = new LabDatabase()
  const { records } = await readRuns(database)
  await database.close()
  return records
}

/** Returns the n-th run, an alignment that is done, with a rising reward. */
function aligned(n: number, overrides: Partial<Run> = {}): Run {
  const reinforcement = [0, 1, 2].map((step) => ({ step, reward: n * step, kl: step }))
  return madeUpRun(n, {
    plan: { ...ALIGN, seed: n },
    ...{ state: 'done', seconds: 60 * n, curves: { reinforcement } },
    ...overrides,
  })
}

const FIVE = [
  aligned(1),
  aligned(2),
  aligned(3),
  aligned(4, { state: 'diverged' }),
  madeUpRun(5, { plan: REWARD, state: 'done' }),
]

const list = page.getByRole('table').first()
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

describe('runs that differ in their seeds alone', () => {
  it('are one row with median and range, which counts and names what did not finish', async () => {
    await store(...FIVE)
    await open('#/train')
    const group = list.getByRole('row').filter({ hasText: '4 seeds' })
    await expect.element(group).toHaveTextContent(/Aligned, own labels/)
    await expect.element(group).toHaveTextContent(/3 done1 diverged/)
    await expect.element(group).toHaveTextContent(/2 min 0 s1 min 0 s – 3 min 0 s/)
    await expect.element(group).toHaveTextContent(/reward 4\.0 \(2\.0–6\.0\)/)
    expect(list.getByRole('row').elements()).toHaveLength(3)
    await button('Runs of Aligned, own labels').click()
    await expect.element(list.getByText(/of the 3 finished seeds/)).toBeVisible()
    await expect.element(list.getByText(/Not counted: Run 4 \(diverged\)/)).toBeVisible()
    await button('More about Run 2').click()
    await expect.element(page.getByRole('group', { name: 'Tags and note of Run 2' })).toBeVisible()
    await expectLargeControls()
    expect(overhang()).toBe(0)
  })

  it('are one line with a band, or a line each, of as many runs as are selected', async () => {
    await store(...FIVE, ...Array.from({ length: 12 }, (_, n) => aligned(10 + n)))
    await open('#/train')
    await button('Select all shown').click()
    const compared = page.getByRole('region', { name: '17 runs side by side' })
    const lines = compared.getByRole('list', { name: /Lines of the chart/ }).getByRole('button')
    await expect.poll(() => lines.elements()).toHaveLength(2)
    await expect.element(lines.first()).toHaveTextContent(/Aligned, own labels, 15 seeds/)
    await expect.element(compared.getByText(/Not in the bands: Run 4 \(diverged\)/)).toBeVisible()
    await expect
      .poll(() => compared.element().querySelectorAll('.recharts-area path').length)
      .toBe(1)
    await compared.getByRole('switch', { name: 'Join the seeds of a group' }).click()
    await expect.poll(() => lines.elements()).toHaveLength(17)
    const last = lines.nth(16)
    await last.click()
    await expect.element(last).toHaveAttribute('aria-pressed', 'true')
    const strokes = () =>
      [...compared.element().querySelectorAll('.recharts-line path.recharts-line-curve')]
        .map((path) => path.getAttribute('stroke-opacity'))
        .filter((opacity) => opacity === '1')
    // The pinned line stands out from the others, also once there are fewer of them.
    await expect.poll(strokes).toHaveLength(1)
    const name = last.element().textContent
    await page.getByRole('checkbox', { name: 'Compare: Run 5', exact: true }).click()
    const pinned = page.getByRole('list', { name: /Lines of the chart/ }).getByRole('button', {
      pressed: true,
    })
    await expect.element(pinned).toHaveTextContent(name)
    await resizeWindow(TELEPHONE)
    await expect.poll(overhang).toBe(0)
    await resizeWindow(DESK)
    await button('Clear selection').click()
    await expect.element(compared).not.toBeInTheDocument()
  })
})

it('links to the island where the labels of a run were given', async () => {
  const clips = [1, 2].map((n) => madeUpClip(n, islandNamed('fourth')?.map))
  const data = { clips, comparisons: [{ first: 0, second: 1, verdict: 1 }] }
  const database = new LabDatabase()
  const result = { policy: 'ab'.repeat(32) }
  await saveRuns(database, [{ run: aligned(1, { result }), data }])
  await database.close()
  await (await trainingQueue()).cancel([])
  await open('#/train')
  await button('More about Run 1').click()
  for (const name of ['Watch it', 'Evaluate it', 'Label its clips']) {
    await expect
      .element(page.getByRole('link', { name, exact: true }))
      .toHaveAttribute('href', expect.stringContaining('island=fourth'))
  }
})

it('filters by words, tag and state, also after a reload', async () => {
  await store(
    aligned(1, { tags: ['paper'], note: 'Too slow.' }),
    aligned(2, { state: 'failed' }),
    madeUpRun(3, { plan: REWARD, state: 'done', name: 'Mine' }),
  )
  await open('#/train')
  const filter = page.getByRole('search', { name: 'Filter runs' })
  const find = filter.getByLabelText('Find')
  const shown = (count: number) =>
    expect.element(filter.getByText(`${count} of 3 runs shown`)).toBeVisible()
  for (const [text, count] of [
    ['PAPER slow', 1],
    ['paper fast', 0],
    ['reward model', 1],
    ['own', 0],
    ['60 labels', 3],
    ['failed', 1],
    ['mine', 1],
  ] as const) {
    await find.fill(text)
    await shown(count)
  }
  await find.fill('')
  await filter.getByLabelText('Tag').selectOptions('paper')
  await shown(1)
  await reload()
  await shown(1)
  await expect.element(button('Rename Run 1')).toBeVisible()
  await button('More about Run 1').click()
  await page.getByRole('link', { name: 'Set up a similar run' }).click()
  await shown(1)
  await filter.getByLabelText('State').selectOptions('Done')
  await shown(1)
  await filter.getByRole('button', { name: 'Show all' }).click()
  await expect.element(filter.getByText('3 runs', { exact: true })).toBeVisible()
})

it('keeps the focus on the name of a run that was renamed by keyboard', async () => {
  await store(aligned(1))
  await open('#/train')
  await button('Rename Run 1').click()
  await userEvent.keyboard('Mine{Enter}')
  await expect.element(button('Rename Mine')).toHaveFocus()
  await userEvent.keyboard('{Enter}Another{Escape}')
  await expect.element(button('Rename Mine')).toHaveFocus()
})

it('says what is wrong with the runs, with an action on them, and with this page', async () => {
  await store(aligned(1))
  await open('#/train')
  await expect.element(button('Rename Run 1')).toBeVisible()
  useTraining.setState({ unread: 'One run cannot be read.', problem: 'The disk is full.' })
  useMaterials.setState({ problem: 'The file cannot be saved.' })
  for (const words of [/cannot be read/, /disk is full/, /cannot be saved/]) {
    await expect.element(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
  }
  await expect.element(button('Try again')).not.toBeInTheDocument()
  // Where none could be read, the notice offers to read them again.
  useTraining.setState({ runs: undefined })
  await button('Try again').click()
  await (await trainingQueue()).cancel([])
  await expect.element(page.getByText('One run cannot be read.')).not.toBeInTheDocument()
  await expect.element(button('Rename Run 1')).toBeVisible()
})

it('offers no controls of a paused run while another tab trains', async () => {
  await store(aligned(1, { state: 'paused' }))
  await open('#/train')
  await button('More about Run 1').click()
  const stop = page.getByRole('button', { name: 'Stop and keep' })
  await expect.element(stop.first()).toBeVisible()
  useTraining.setState({ elsewhere: true })
  onTestFinished(() => useTraining.setState({ elsewhere: false }))
  await expect.element(stop).not.toBeInTheDocument()
})

it('stores tags and a note with the run, by keyboard, and refuses what is too long', async () => {
  await store(aligned(1, { tags: ['old'] }))
  await open('#/train')
  await button('More about Run 1').click()
  const tags = page.getByRole('textbox', { name: 'Tags' })
  const note = page.getByRole('textbox', { name: 'Note' })
  await tags.fill(`old, ${'x'.repeat(41)}`)
  await expect.element(tags).toHaveAccessibleDescription(/41 characters, expected at most 40/)
  await userEvent.keyboard('{Enter}')
  await userEvent.keyboard('{Escape}')
  await expect.element(tags).toHaveValue('old')
  await tags.fill('paper; new  one')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('list', { name: 'Tags' })).toHaveTextContent('papernew one')
  await note.fill('Worth a second look.')
  await userEvent.keyboard('{Tab}')
  await expect
    .poll(storedRuns)
    .toMatchObject([{ tags: ['paper', 'new one'], note: 'Worth a second look.' }])
  await reload()
  await button('More about Run 1').click()
  await expect.element(tags).toHaveValue('paper, new one')
  await expect.element(note).toHaveValue('Worth a second look.')
})

it('exports curves of one run, and of all that are selected', async () => {
  await store(aligned(1), aligned(2, { name: '=2+2' }), aligned(3))
  await open('#/train')
  const lines = async (name: RegExp) => {
    const file = await downloaded(() => button(name).click())
    return { name: file.name, rows: (await file.text()).trim().split('\r\n') }
  }
  const all = await lines(/^Curves of 3 runs shown/)
  expect(all.name).toBe('curves.csv')
  expect(all.rows).toHaveLength(1 + 3 * 3 * 2)
  expect(all.rows[0]).toBe('run,group,method,seed,tags,part,curve,step,metric,value')
  expect(all.rows).toContain(
    `'=2+2,"Aligned, own labels",Align,2,,reinforcement,reinforcement,2,reward,4`,
  )
  await button('Runs of Aligned, own labels').click()
  await page.getByRole('checkbox', { name: 'Compare: Run 1', exact: true }).click()
  expect((await lines(/^Curves of 1 run selected/)).rows).toHaveLength(1 + 3 * 2)
  expect((await lines(/^Table of 1 run selected/)).rows).toHaveLength(2)
  await button('More about Run 3').click()
  const one = await lines(/^Curves \(CSV\)$/)
  expect(one.name).toBe('Run 3 curves.csv')
  expect(one.rows.filter((row) => row.startsWith('Run 3,'))).toHaveLength(3 * 2)
})

// The fake training never ends, so this test is the last one.
it('adds a run for each seed and method, says how long they take, and cancels what waits', async () => {
  await open('#/train?model=nano&labels=judge&job=align')
  const seeds = page.getByRole('textbox', { name: 'Seeds' })
  await seeds.fill('1, 2, x')
  await expect.element(seeds).toHaveAccessibleDescription(/Found “x”, expected whole numbers/)
  await expect.element(button('Align the agent')).toBeDisabled()
  await seeds.fill('')
  await userEvent.keyboard('{Tab}')
  await expect.element(seeds).toHaveAccessibleDescription(/Enter at least one seed/)
  await expect.element(button('Align the agent')).toBeDisabled()
  await seeds.fill('4-6')
  const other: TrainingKind = 'reward'
  await page.getByRole('checkbox', { name: METHODS[other].title }).click()
  await expect.element(page.getByText(/6 runs, one after the other, take about/)).toBeVisible()
  expect(location.hash).toMatch(/seeds=4-6.*also=reward/)
  await reload()
  await expect.element(seeds).toHaveValue('4-6')
  await button('Start 6 runs').click()
  await expect.poll(storedRuns).toHaveLength(6)
  const runs = (await storedRuns()).toReversed()
  expect(runs.map(({ plan, tags }) => `${plan.kind} ${plan.seed} ${tags}`)).toEqual(
    [4, 5, 6].flatMap((seed) => [`align ${seed} sweep 1`, `${other} ${seed} sweep 1`]),
  )
  expect(runs.map(({ name }) => name).slice(0, 2)).toEqual([
    'Aligned, judge for left, seed 4',
    'Reward, judge for left, seed 4',
  ])
  await expect.element(page.getByText('5 of 6 runs waiting')).toBeVisible()
  await expectLargeControls()
  await button('Cancel the waiting runs: sweep 1').click()
  await button('Really cancel the waiting runs?: sweep 1').click()
  await expect.poll(storedRuns).toHaveLength(1)
  await (await trainingQueue()).remove(runs[0]?.id ?? '')
})
