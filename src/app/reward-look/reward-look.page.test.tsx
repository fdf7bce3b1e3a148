import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { madeUpId, madeUpTime } from '../../alignment/labels/testing/made-up-labels.ts'
import { islandNamed } from '../../island/index.ts'
import { fetchManifest } from '../../lab/models/manifest.ts'
import { ALIGN, DATA } from '../../procedure/training/testing/made-up-training.ts'
import { LabDatabase, readLabels, saveLabel, saveRun } from '../../storage/index.ts'
import { madeUpEntry } from '../../storage/testing/made-up-archive.ts'
import { madeUpRun } from '../../storage/testing/made-up-run.ts'
import { addressOf } from '../data/site.ts'
import { labelAddress } from '../stores/label-link.ts'
import { forgetDatabase } from '../testing/database.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { failWorker, holdScoring, limitClips, scoringOrders } from '../testing/fake-workers.ts'
import { press } from '../testing/label.ts'
import { DESK, open, overhang, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { trainingQueue } from '../training/queue.ts'

// Looks into reward models on the Evaluate and Train pages, and the labelling that they lead to. The
// fake reward model prefers longer clips.

beforeEach(forgetDatabase)

afterEach(async () => {
  limitClips()
  await forgetDatabase()
})

const card = page.getByText('What the reward model learned')
const part = (name: string) => page.getByRole('region', { name })

const OWN_LABELS = 'Own labels: Which goes more directly to the left jumppad? (3 labels)'

/** Saves labels of clips with 4, 5, 6 and 7 decisions; the second prefers the shorter one. */
async function label(): Promise<void> {
  const database = new LabDatabase()
  await saveLabel(database, madeUpEntry(1, undefined, { verdict: 'second' }))
  await saveLabel(database, madeUpEntry(2, undefined, { verdict: 'first' }))
  await saveLabel(database, madeUpEntry(3, undefined, { verdict: 'second' }))
  await database.close()
}

describe('a shipped reward model on the Evaluate page', () => {
  /** Opens the look with the visitor's own labels. */
  async function lookAtOwnLabels(): Promise<void> {
    // The judge's clips never come, so that this does not wait for them.
    limitClips(0)
    await label()
    await open('#/evaluate?reward=reward-left')
    await card.click()
    await page.getByLabelText('Compare it with').selectOptions(OWN_LABELS)
    await expect.element(part('Accuracy and calibration')).toBeVisible()
  }

  it('shows accuracy, calibration and rewards by outcome, with intervals', async () => {
    await lookAtOwnLabels()
    const accuracy = part('Accuracy and calibration')
    await expect.element(accuracy).toHaveTextContent('66.7 % (20.8–93.9)')
    // Rewards that differ by a hundredth predict almost nothing.
    await expect
      .element(accuracy.getByRole('figure'))
      .toHaveAccessibleName('Calibration: 50 % predicted, 67 % observed, 3 labels')
    await expect
      .element(part('Reward by outcome').getByRole('figure'))
      .toHaveAccessibleName('Mean reward by outcome: None 0.05 (4)')
  })

  it('lists the pairs that it is wrong on, and all by how unsure it is', async () => {
    await lookAtOwnLabels()
    const pairs = part('Pairs to look at')
    expect(pairs.getByRole('listitem').elements()).toHaveLength(1)
    await expect.element(pairs).toHaveTextContent('The label prefers the left clip.')
    await expect.element(pairs.getByRole('img', { name: 'Left clip' })).toBeVisible()
    await pairs.getByText('Least sure').click()
    expect(pairs.getByRole('listitem').elements()).toHaveLength(3)
    const more = pairs.getByRole('link', { name: 'Label more like this' })
    const address = more.element().getAttribute('href') ?? ''
    expect(address).toContain('reward=reward-left&endings=none%2Cnone&question=Which')
  })

  it('shows what the reward depends on, by keyboard', async () => {
    await lookAtOwnLabels()
    const looked = part('What it looks at')
    await expect.element(looked.getByText('Step 4 of 4')).toBeVisible()
    looked.getByRole('slider').element().focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect.element(looked.getByText('Step 3 of 4')).toBeVisible()
    await looked.getByRole('button', { name: 'Hide each part' }).click()
    await expect
      .element(looked.getByRole('img', { name: /Row 1, column 3 matters most/ }))
      .toBeVisible()
    // The effect is announced, and the button that computed it keeps the focus.
    await expect.element(looked.getByRole('status')).toHaveTextContent('matters most')
    await expect.element(looked.getByRole('button', { name: 'Hide each part' })).toHaveFocus()
    await userEvent.keyboard('{Tab}')
    looked.getByRole('slider').element().focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect
      .element(looked.getByRole('img', { name: 'Not computed for this step yet' }))
      .toBeVisible()
  })

  it('moves to the frames of a clip of a pair', async () => {
    await lookAtOwnLabels()
    await part('Pairs to look at').getByRole('button', { name: 'Look at the right clip' }).click()
    const looked = part('What it looks at')
    await expect.element(looked).toHaveFocus()
    await expect.element(looked.getByLabelText('Clip')).toHaveValue('2')
  })

  it('stops while clips are played, and starts again', async () => {
    limitClips(0)
    await label()
    await open('#/evaluate?reward=reward-left')
    await card.click()
    await expect.element(page.getByText('Playing clips: 0 %')).toBeVisible()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect.element(page.getByText('Stopped.')).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Start again' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Playing clips: 0 %')).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Stop', exact: true })).toHaveFocus()
    await page.getByLabelText('Compare it with').selectOptions(OWN_LABELS)
    await expect.element(part('Accuracy and calibration')).toBeVisible()
  })

  it('stops while the model loads, scores nothing then, and starts again', async () => {
    const release = holdScoring()
    limitClips(0)
    await label()
    await open('#/evaluate?reward=reward-left')
    await card.click()
    await page.getByLabelText('Compare it with').selectOptions(OWN_LABELS)
    await expect.element(page.getByText('Scoring clips: 0 %')).toBeVisible()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect.element(page.getByText('Stopped.')).toBeVisible()
    await page.getByRole('button', { name: 'Start again' }).click()
    await expect.element(page.getByText('Scoring clips: 0 %')).toBeVisible()
    release()
    await expect.element(part('Accuracy and calibration')).toBeVisible()
    // Both attempts waited for one model; only the second may have had it score the clips.
    expect(scoringOrders()).toBe(1)
  })

  it('fits a telephone', async () => {
    await lookAtOwnLabels()
    await resizeWindow(TELEPHONE)
    await expect.poll(overhang).toBeLessThanOrEqual(0)
    await expectLargeControls()
    await resizeWindow(DESK)
  })

  it('says that its worker ended, and tries again', async () => {
    await lookAtOwnLabels()
    const looked = part('What it looks at')
    failWorker('scoring', 'The browser stopped the scoring worker.')
    await looked.getByRole('button', { name: 'Hide each part' }).click()
    await expect.element(looked.getByText(/matters most/).first()).toBeVisible()
  })
})

it('shows on the Train page what a run’s model learned, and where reward and outcome part', async () => {
  const manifest = await fetchManifest(addressOf('manifest.json'))
  const reward = manifest.find(({ file }) => file === 'reward-middle.onnx')?.sha256 ?? ''
  const reinforcement = Array.from({ length: 40 }, (_, step) => ({
    ...{ step, reward: step / 20, kl: step, entropy: 1, length: 60 },
    preference: step < 20 ? 0.8 : 0.8 - (step - 20) / 40,
  }))
  const recipes = {
    ...ALIGN.recipes,
    reinforcement: { ...ALIGN.recipes.reinforcement, episodesPerUpdate: 64 },
  }
  const run = madeUpRun(1, {
    plan: { ...ALIGN, recipes },
    state: 'done',
    endedAt: madeUpTime(90),
    seconds: 80,
    curves: { reinforcement },
    result: { reward, stopped: 'last update' },
  })
  const database = new LabDatabase()
  await saveRun(database, run, DATA)
  await database.close()
  await open('#/train')
  await page.getByRole('button', { name: 'More about Run 1' }).click()
  const course = part('Learned reward and outcome')
  await expect.element(course).toHaveTextContent(/part after update 2\d \(KL 2\d\)/)
  await course.getByText('KL', { exact: true }).click()
  await expect
    .element(course.getByRole('figure', { name: /^KL from the start/ }))
    .not.toBeInTheDocument()
  await card.click()
  await expect.element(part('Accuracy and calibration')).toBeVisible()
  const sets = page.getByLabelText('Compare it with').element()
  expect(sets.textContent).toMatch(
    /^Held-out labels \(9 labels\).*Labels used for training \(51 labels\)$/,
  )
  await expect
    .element(part('Accuracy and calibration'))
    .toHaveTextContent('Labels that prefer a clip9')
})

it('compares a model of a judge elsewhere with fresh clips from its island', async () => {
  const manifest = await fetchManifest(addressOf('manifest.json'))
  const digestOf = (name: string) => manifest.find(({ file }) => file === name)?.sha256 ?? ''
  const { title, map } = islandNamed('fourth') ?? expect.fail('The island is missing')
  const labels = {
    kind: 'judge',
    ...{ wanted: 'far left', island: { title, map } },
    ...{ comparisons: 60, noise: 0, cantTell: 0 },
  } as const
  const run = madeUpRun(2, {
    plan: { ...ALIGN, start: { name: 'nano', sha256: digestOf('nano.onnx') }, labels },
    ...{ state: 'done', endedAt: madeUpTime(90), seconds: 80 },
    result: { reward: digestOf('reward-left.onnx'), stopped: 'last update' },
  })
  const database = new LabDatabase()
  await saveRun(database, run, undefined)
  await database.close()
  // The queue of the page has read the runs for an earlier test.
  await (await trainingQueue()).cancel([])
  await open('#/train')
  await page.getByRole('button', { name: 'More about Run 2' }).click()
  await card.click()
  await page.getByLabelText('Compare it with').selectOptions('A judge for far left, on fresh clips')
  await expect.element(page.getByText(/new episodes of .* on “A fourth jumppad”/)).toBeVisible()
  await expect
    .element(part('Reward by outcome').getByRole('figure'))
    .toHaveAccessibleName(/Far left -?[\d.]+ \(\d+\)/)
})

it('leads to a labelling session of pairs with the same outcomes', async () => {
  // That many are enough for the reward model to pick from.
  limitClips(128)
  const asked = {
    ...{ link: madeUpId(77), goal: 20, reward: 'reward-left', question: 'Which is better?' },
    endings: ['left', 'none'],
  } as const
  await open(labelAddress(asked, 'nano'))
  const said = page.getByRole('status', { name: 'Current pair' })
  for (let pair = 1; pair <= 3; pair++) {
    await expect.element(said).toHaveTextContent(new RegExp(`Pair ${pair}\\. `))
    await expect.element(said).toHaveTextContent(/Touches the left jumppad/)
    await expect.element(said).toHaveTextContent(/Has touched no jumppad/)
    await press('ArrowLeft')
  }
  const database = new LabDatabase()
  await expect.poll(async () => (await readLabels(database)).records).toHaveLength(3)
  const { records } = await readLabels(database)
  expect(records.map(({ rule, question }) => `${rule}: ${question}`)).toEqual(
    Array(3).fill('closeness: Which is better?'),
  )
  await database.close()
})
