import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Label } from '../../alignment/labels/index.ts'
import {
  madeUpId,
  madeUpSession,
  madeUpTime,
} from '../../alignment/labels/testing/made-up-labels.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import { islandNamed } from '../../island/index.ts'
import { SWEEP_STATE_PATH, type SweepState } from '../../procedure/sweep-status.ts'
import { ALIGN } from '../../procedure/training/testing/made-up-training.ts'
import {
  gather,
  LabDatabase,
  readRunData,
  readRuns,
  STUDY_RECORD_VERSION,
  saveLabel,
  saveStudy,
} from '../../storage/index.ts'
import { STUDY_FILE_FORMATS, type StudyExport } from '../../storage/study-files/index.ts'
import { madeUpEntry } from '../../storage/testing/made-up-archive.ts'
import {
  MADE_UP_STUDIES,
  madeUpExport,
  madeUpStudyMessages,
} from '../../storage/testing/made-up-result.ts'
import { aggregateLog, readStudyLog, type StudyResult, trainingDataOf } from '../../study/index.ts'
import { trainOnStudyAddress } from '../stores/train-link.ts'
import { forgetDatabase } from '../testing/database.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { DESK, open, overhang, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { serve, serveAsBefore } from '../testing/served.ts'
import { addressOf } from './address.ts'
import { panelsOf } from './live/panels.ts'
import { useMaterials } from './materials.ts'

// Before a training: the available labels, and the ranges of settings.

/** Name of the button, which is another one while a training runs. */
const START_OR_QUEUE = /^(Add to the queue|Align the agent)$/
const start = page.getByRole('button', { name: 'Align the agent', exact: true })

beforeEach(async () => {
  await forgetDatabase()
  useMaterials.setState(useMaterials.getInitialState(), true)
})

/** Saves labels in this browser, as the Label page does. */
async function label(...labels: Partial<Label>[]): Promise<void> {
  const database = new LabDatabase()
  for (const [n, overrides] of labels.entries()) {
    await saveLabel(database, madeUpEntry(2 * n, undefined, overrides))
  }
  await database.close()
}

/** Resolves to the run that was queued, once there is one. */
async function onlyRun() {
  const database = new LabDatabase()
  await expect.poll(async () => (await readRuns(database)).records).toHaveLength(1)
  const [run] = (await readRuns(database)).records
  await database.close()
  return run
}

it('reports that there are no labels to learn from', async () => {
  await open('#/train?model=nano')
  await expect.element(page.getByText(/There are no labels to learn from/)).toBeVisible()
  await expect.element(start).toBeDisabled()
})

it('counts the labels that prefer a clip, and reports when there are too few', async () => {
  await label(
    // Measures the labeller, and is never trained on.
    { kind: 'golden', known: 'first', verdict: 'first' },
    { verdict: 'first' },
    { verdict: 'second' },
    { verdict: 'tie' },
  )
  await open('#/train?model=nano')
  await expect.element(page.getByText(/Found 2 comparisons that prefer one clip/)).toBeVisible()
  await expect.element(start).toBeDisabled()
  await page.getByText('A synthetic judge').click()
  await expect.element(start).toBeEnabled()
  await expectLargeControls()
})

it('shows the allowed values of a setting', async () => {
  await open('#/train?model=nano&labels=judge')
  await page.getByText('Settings all at their defaults').click()
  await expect.element(start).toBeEnabled()
  const updates = page
    .getByRole('group', { name: 'Reward model' })
    .getByRole('textbox', { name: 'Updates' })
  await updates.fill('0')
  await expect.element(updates).toHaveAccessibleDescription(/expected a whole number from 1/)
  await expect.element(start).toBeDisabled()
  await page.getByRole('button', { name: 'Reset Updates to 300', exact: true }).click()
  await expect.element(start).toBeEnabled()
  await expect.element(updates).toHaveValue('300')
})

describe('a study as the source of labels', () => {
  const { graded } = MADE_UP_STUDIES
  const sides = page.getByRole('definition').first()

  /** Saves the study in this browser with the answers of six labellers, and returns its result by a method. */
  async function answeredStudy(): Promise<(method: StudyExport['method']) => StudyResult> {
    const database = new LabDatabase()
    const dates = { createdAt: madeUpTime(0), changedAt: madeUpTime(1) }
    const entry = { id: graded.id, version: STUDY_RECORD_VERSION, study: graded, ...dates } as const
    await saveStudy(database, entry, undefined)
    const digest = await studyDigest(graded)
    const messages = madeUpStudyMessages('graded', 1, digest)
    await gather(database, messages)
    await database.close()
    const log = readStudyLog(graded, digest, messages)
    return (method) => aggregateLog(log, { digest, method, leftOut: new Set() })
  }

  const decisive = ({ comparisons }: StudyResult): number =>
    comparisons.filter(({ preference }) => preference !== 0.5).length

  it('can be a file that somebody exported, and be removed', async () => {
    await open('#/train?labels=study')
    await expect.element(page.getByText('Labels of many people')).toBeVisible()
    await expect.element(page.getByText(/There are no answers to learn from/)).toBeVisible()
    const parquet = STUDY_FILE_FORMATS.find(({ id }) => id === 'result-parquet')
    const parts: BlobPart[] = []
    for await (const part of parquet?.encode(madeUpExport('graded', 1)) ?? []) {
      parts.push(new Uint8Array(part))
    }
    const files = page.getByLabelText('Result of a study')
    await userEvent.upload(files, new File(parts.slice(0, -1), 'cut.parquet'))
    await expect.element(page.getByText(/it was cut off: copy or download it again/)).toBeVisible()
    await userEvent.upload(files, new File(parts, 'result.parquet'))
    const from = madeUpExport('graded', 1)
    await expect.element(sides).toHaveTextContent(String(decisive(aggregateLog(from.log, from))))
    await expect.element(start).toBeEnabled()
    await reload()
    await expect.element(page.getByRole('option', { name: /imported: Mean/ })).toBeInTheDocument()
    await page.getByRole('button', { name: 'Remove the imported result' }).click()
    await page.getByRole('button', { name: 'Really remove the imported result?' }).click()
    await expect.element(page.getByText('Labels of many people')).toBeVisible()
  })

  it('is named by an address that this browser does not know', async () => {
    await answeredStudy()
    await open(trainOnStudyAddress(madeUpId(5), 'mean'))
    await expect
      .element(page.getByText(/that the address names is not in this browser/))
      .toBeVisible()
    await page.getByLabelText('Study', { exact: true }).selectOptions(graded.title)
    await expect.element(start).toBeEnabled()
  })

  it('appears when another tab writes it after the first visit', async () => {
    await open('#/train?labels=study')
    await expect.element(page.getByText('Labels of many people')).toBeVisible()
    await answeredStudy()
    await expect.element(page.getByText(graded.question)).toBeVisible()
  })

  it('fits a telephone', async () => {
    await answeredStudy()
    await resizeWindow(TELEPHONE)
    await open(trainOnStudyAddress(graded.id, 'mean'))
    await expect.element(page.getByText(graded.question)).toBeVisible()
    expect(overhang()).toBe(0)
    await resizeWindow(DESK)
  })

  // The fake training never ends, so this test is the last one.
  it('is chosen by a link, aggregated as the visitor wants, and named by the run', async () => {
    const resultBy = await answeredStudy()
    await open(trainOnStudyAddress(graded.id, 'majority'))
    await expect.element(page.getByText(graded.question)).toBeVisible()
    await expect.element(sides).toHaveTextContent(String(decisive(resultBy('majority'))))
    await expect.element(page.getByText('Clips were compared on “A fourth jumppad”.')).toBeVisible()
    await page.getByLabelText('Several answers to a pair become').selectOptions('mean')
    const mean = resultBy('mean')
    expect(decisive(mean)).not.toBe(decisive(resultBy('majority')))
    await expect.element(sides).toHaveTextContent(String(decisive(mean)))
    expect(location.hash).toBe(trainOnStudyAddress(graded.id, 'mean'))
    await expectLargeControls()
    await start.click()
    const database = new LabDatabase()
    await expect.poll(async () => (await readRuns(database)).records).toHaveLength(1)
    const [run] = (await readRuns(database)).records
    expect(run?.plan).toMatchObject({
      labels: {
        kind: 'study',
        study: mean.study,
        method: 'mean',
        comparisons: mean.comparisons.length,
        decisive: decisive(mean),
        elsewhere: true,
      },
      recipes: { reinforcement: { islands: 'labelled', optimiser: 'muon' } },
    })
    expect(run?.name).toContain(graded.title)
    expect(await readRunData(database, run?.id ?? '')).toEqual(trainingDataOf(mean))
    await database.close()
  })
})

it('shows the progress of a sweep on other machines, and says when its command is gone', async () => {
  const state: SweepState = {
    ...{ format: 1, title: 'Cells of sweep', asked: 12, done: 5, failed: 0 },
    running: [
      { worker: 'attic-7', title: 'random frozen 50 seed 1', seconds: 75 },
      { worker: 'cellar-2', title: 'agent trained 100 seed 3', seconds: 4 },
    ],
  }
  serve(SWEEP_STATE_PATH, state)
  await open('#/train?sweep=status')
  const card = page.getByRole('region', { name: 'Cells of sweep' })
  await expect.element(card).toHaveTextContent('5 of 12')
  await expect.element(card.getByRole('list')).toHaveTextContent('attic-7')
  expect(card.getByRole('listitem').elements()).toHaveLength(2)
  serve(SWEEP_STATE_PATH, { ...state, format: 2 })
  await expect.element(page.getByText(/does not answer/)).toBeVisible()
  serveAsBefore()
  await open('#/train')
  await expect.element(page.getByText(/does not answer/)).not.toBeInTheDocument()
})

it('trains on a judge for a style, also by a link, with charts of the measure', async () => {
  await open('#/train?model=nano&labels=judge&comparisons=40')
  await page.getByText('A style', { exact: true }).click()
  const style = page.getByRole('combobox', { name: 'Style' })
  await expect
    .element(style)
    .toHaveAccessibleDescription('Measured as metres walked per second (m/s)')
  await style.selectOptions('Keeps closer to the sea')
  await expect.element(page.getByText(/the one that keeps closer to the sea wins/)).toBeVisible()
  expect(new URLSearchParams(location.hash.split('?')[1]).get('wanted')).toBe('less shore-distance')
  await page.getByRole('button', { name: START_OR_QUEUE }).click()
  const run = await onlyRun()
  expect(run?.plan).toMatchObject({
    recipes: { reinforcement: { klWeight: 0.01 } },
    labels: { kind: 'judge', wanted: { measure: 'shore-distance', direction: 'less' } },
  })
  expect(run?.name).toBe('Aligned, judge for “keeps closer to the sea”')
  const charts = run ? panelsOf(run.plan).map(({ title }) => title) : []
  expect(charts).toContain('Distance from the sea, of those that arrive')
  expect(charts).toContain('Reached a jumppad')
})

it('takes the labels of one question from one island, or from all', async () => {
  const { title, map } = islandNamed('fourth') ?? expect.fail('The island is missing')
  const away = madeUpSession({ id: madeUpId(900), island: { title, map } })
  const database = new LabDatabase()
  for (const n of [1, 3, 5])
    await saveLabel(database, madeUpEntry(n, undefined, { verdict: 'first' }))
  for (const n of [11, 13]) await saveLabel(database, madeUpEntry(n, away, { verdict: 'first' }))
  await database.close()
  await open('#/train')
  const clips = page.getByLabelText('Clips from')
  const sides = page.getByRole('definition').first()
  await expect.element(clips.getByRole('option', { name: 'All islands (5)' })).toBeInTheDocument()
  await expect.element(sides).toHaveTextContent('5')
  await clips.selectOptions('A fourth jumppad (2)')
  await expect.element(sides).toHaveTextContent('2')
  await expect.poll(() => location.hash).toContain('clips=fourth')
  await expect.element(page.getByText('Clips were compared on “A fourth jumppad”.')).toBeVisible()
  const { answered = [] } = useMaterials.getState()
  const [there] = answered.flatMap(({ byIsland }) => byIsland.filter(({ island }) => island))
  const plan = { ...ALIGN, labels: there?.labels ?? expect.fail('No labels are from there') }
  expect(addressOf(plan, [], answered)).toContain('clips=fourth')
  await clips.selectOptions('The first island (3)')
  await expect.element(sides).toHaveTextContent('3')
  await expect.element(page.getByText(/^Clips were compared/)).not.toBeInTheDocument()
  await open('#/train?clips=longer')
  await expect.element(page.getByText(/no labels of this question on the island/)).toBeVisible()
})

it('has a judge compare clips on another island, with the jumppads of that one', async () => {
  await open('#/train?model=nano&labels=judge')
  await expect.element(page.getByRole('radio', { name: 'Left' })).toBeChecked()
  await page.getByRole('combobox', { name: 'Island' }).selectOptions('A fourth jumppad')
  const prefers = page.getByRole('combobox', { name: 'Prefers' })
  await prefers.selectOptions('Far left')
  await page.getByRole('button', { name: START_OR_QUEUE }).click()
  const run = await onlyRun()
  expect(run?.plan).toMatchObject({
    labels: { kind: 'judge', wanted: 'far left', island: { title: 'A fourth jumppad' } },
    recipes: { reinforcement: { islands: 'labelled' } },
  })
  await expect
    .element(page.getByText(/by a judge for far left on “A fourth jumppad”/).first())
    .toBeVisible()
})

it('says that the island in the address cannot be read, and trains on the first one', async () => {
  await open('#/train?model=nano&labels=judge&island=nowhere&wanted=far left')
  await expect.element(page.getByText(/There is no island “nowhere”/)).toBeVisible()
  await expect.element(page.getByRole('radio', { name: 'Left' })).toBeChecked()
  await expect.element(page.getByRole('button', { name: START_OR_QUEUE })).toBeEnabled()
})

it.each([
  ['Contrastive learning', 'contrastive', ['Clips', 'Contrastive learning']],
  ['Best-of-play imitation', 'best-of-play', ['Clips', 'Reward model', 'Best-of-play imitation']],
])('starts %s with the labels of a judge', async (title, kind, parts) => {
  await open('#/train?model=nano&labels=judge&comparisons=40')
  await page.getByRole('radio', { name: title }).click({ force: true })
  await page.getByText('Settings all at their defaults').click()
  await expect.element(page.getByRole('group', { name: title })).toBeVisible()
  const listed = page.getByRole('heading', { name: 'What will happen' }).element().parentElement
  const named = Array.from(listed?.querySelectorAll('li strong') ?? [], (each) => each.textContent)
  expect(named).toEqual(parts)
  // The fake training of an earlier test never ends, so this one may wait for its turn.
  const words = /^(Add to the queue|Train on the labels directly|Imitate the best play)$/
  await page.getByRole('button', { name: words }).click()
  const database = new LabDatabase()
  await expect.poll(async () => (await readRuns(database)).records).toHaveLength(1)
  const [run] = (await readRuns(database)).records
  expect(run?.plan).toMatchObject({ kind, labels: { kind: 'judge', comparisons: 40 } })
  await database.close()
})
