import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { pairKey } from '../../alignment/labels/index.ts'
import { type Access, encodeAccess } from '../../collector/access.ts'
import { decodeInvitation } from '../../collector/invitation.ts'
import { AwayError, type StudyReader } from '../../collector/publisher.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import {
  deleteStudy,
  gather,
  LabDatabase,
  readGathered,
  readStudies,
  STUDY_RECORD_VERSION,
  saveStudy,
} from '../../storage/index.ts'
import { decodeResult } from '../../storage/study-files/index.ts'
import {
  type AssignedPair,
  encodeAnswersFile,
  isPrepared,
  type LabellerMessage,
  type PreparedStudy,
  type ResearcherMessage,
  type Study,
  type StudyMessage,
  scheduleOf,
} from '../../study/index.ts'
import {
  madeUpAnswer,
  madeUpBeginning,
  madeUpLabelling,
} from '../../study/testing/made-up-messages.ts'
import { madeUpPreparedStudy, madeUpStudy } from '../../study/testing/made-up-study.ts'
import { labDatabase } from '../data/database.ts'
import { type StudyView, studyAddress } from '../stores/study-settings.ts'
import { forgetDatabase, leavePage } from '../testing/database.ts'
import { bytesOf, downloaded } from '../testing/downloads.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { isRunning, limitClips } from '../testing/fake-workers.ts'
import { open, overhang, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { holdBack, serve, serveAsBefore, serveMissing } from '../testing/served.ts'
import { usePendingAccess } from './access.ts'
import { readers } from './readers.ts'
import { useStudies } from './store.ts'
import { loadStudies } from './studies.ts'
import { saveTyped, useEditing } from './write/editing.ts'
import { usePreparation } from './write/preparation.ts'

// Tests of the researcher's page, with clips of scripted players and made-up labellers.

const study = madeUpPreparedStudy()
const digest = await studyDigest(study)
const { labellers } = study.design
const everybody = Array.from({ length: labellers }, (_, index) => index + 1)

beforeEach(() => {
  useStudies.setState(useStudies.getInitialState(), true)
  usePendingAccess.setState(usePendingAccess.getInitialState(), true)
  useEditing.setState(useEditing.getInitialState(), true)
  usePreparation.setState(usePreparation.getInitialState(), true)
})

afterEach(async () => {
  await leavePage()
  // What the page saves when it is left does not reach the next test, whose study has the same id.
  await saveTyped()
  await forgetDatabase()
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const view = (name: string) =>
  page
    .getByRole('navigation', { name: 'Views of the study' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
const alert = () => page.getByRole('alert')
const said = () => page.getByRole('status').first()

/** Labels of a labeller who answers every pair, golden ones correctly. */
function answersOf(
  labeller: number,
  verdictOf: (pair: AssignedPair) => 'first' | 'second',
): LabellerMessage[] {
  return madeUpLabelling({ study, labeller, digest }, (pair) => pair.known ?? verdictOf(pair))
}

/** Answers about which all agree. */
const agreed = ({ first, second }: AssignedPair) => (first < second ? 'first' : 'second')

/** Opens a view of a study that this browser has, with messages gathered for it. */
async function openStudy(
  name: StudyView,
  messages: readonly StudyMessage[] = [],
  opened: Study = study,
): Promise<void> {
  const database = await labDatabase()
  const now = new Date().toISOString()
  const dates = { createdAt: now, changedAt: now }
  const entry = { id: opened.id, version: STUDY_RECORD_VERSION, study: opened, ...dates } as const
  const { records } = await readStudies(database)
  const known = records.find(({ id }) => id === opened.id)
  await saveStudy(database, entry, known)
  await gather(database, messages)
  await open(studyAddress(opened.id, name))
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(opened.title)
}

/** Saves a study as another tab does, and waits until this one has read it. */
async function saveInOtherTab(changed: Study): Promise<void> {
  const entry = useStudies.getState().entries?.find(({ id }) => id === changed.id)
  if (!entry) throw new Error('The study is not in this browser')
  const changedAt = new Date().toISOString()
  const otherTab = new LabDatabase()
  await saveStudy(otherTab, { ...entry, study: changed, changedAt }, entry, 'other tab')
  await otherTab.close()
  const read = () => useStudies.getState().entries?.map((each) => each.changedAt)
  await expect.poll(read).toContain(changedAt)
}

/** Returns the only study that is stored. */
async function stored(): Promise<Study> {
  const { records } = await readStudies(await labDatabase())
  expect(records).toHaveLength(1)
  const [entry] = records
  if (!entry) throw new Error('No study is stored')
  return entry.study
}

async function gathered(): Promise<readonly StudyMessage[]> {
  return (await readGathered(await labDatabase(), study.id)).records
}

async function drop(...files: readonly File[]): Promise<void> {
  const dataTransfer = new DataTransfer()
  for (const file of files) dataTransfer.items.add(file)
  const target = page.getByRole('heading', { level: 1 }).element()
  target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
}

const rowOf = (table: string, name: string): Locator =>
  page
    .getByRole('table', { name: table, exact: true })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })

describe('writing a study', () => {
  it('goes from a new study with its problems to links that invite to it', async () => {
    await open('#/study')
    await expect.element(page.getByText('There is no study in this browser yet.')).toBeVisible()
    await button('New study').click()
    await field('Title').fill('')
    await expect.element(page.getByText('Expected a title.', { exact: true })).toBeVisible()
    await expect
      .element(page.getByRole('status', { name: 'Saved' }))
      .toHaveTextContent('Saved as a draft. Problem: Expected a title.')
    await field('Title').fill('Left or right?')
    await field('Labellers per pair (overlap)').fill('13')
    await expect
      .element(field('Labellers per pair (overlap)'))
      .toHaveAccessibleDescription(/Each pair should be answered by 13 different/)
    for (const [name, value] of Object.entries({
      ...{ 'Labellers per pair (overlap)': '2', Labellers: '4', 'Pairs per labeller': '6' },
      ...{ 'Pairs shown again': '1', 'Clips per agent': '40' },
      ...{ 'Golden pairs per labeller': '1', 'Practice pairs': '1' },
    })) {
      await field(name).fill(value)
    }
    await field('Reasons that may be ticked').fill('Shorter\n\nSafer')
    await expect
      .element(page.getByRole('status', { name: 'Saved' }))
      .toHaveTextContent('Saved in this browser.')
    expect(await stored()).toMatchObject({
      title: 'Left or right?',
      reasons: ['Shorter', 'Safer'],
      design: { labellers: 4, pairsEach: 6, overlap: 2, reShows: 1, clipsPerAgent: 40 },
    })
    await reload()
    await expect.element(field('Title')).toHaveValue('Left or right?')

    await button('Prepare the study').click()
    await page.getByRole('link', { name: 'Invite labellers' }).click()
    const links = page.getByRole('table', { name: 'Links' }).getByRole('link')
    await expect.poll(() => links.elements().length).toBe(4)
    const prepared = await stored()
    expect(isPrepared(prepared) && prepared.material.pairs).toHaveLength(12)
    const invitations = links.elements().map((link) => {
      const { hash } = new URL(link.getAttribute('href') ?? '')
      return decodeInvitation(new URLSearchParams(hash.split('?')[1]).get('invitation') ?? '')
    })
    expect(invitations.map(({ labeller }) => labeller)).toEqual([1, 2, 3, 4])
    const named = { id: prepared.id, digest: await studyDigest(prepared) }
    for (const invitation of invitations) {
      expect(invitation.study).toEqual(named)
      expect(invitation.from).toBe(`study-${prepared.id.slice(0, 8)}.json`)
    }
    const file = await downloaded(() => button('Download the file').click())
    expect(file.name).toBe(`study-${prepared.id.slice(0, 8)}.json`)
    expect(JSON.parse(await file.text())).toEqual(prepared)
  })

  it('makes links with the study in them, which it says are long for mail and QR codes', async () => {
    await openStudy('invite')
    await expect.element(button('Show the QR code of labeller 1')).toBeVisible()
    await button('Show the QR code of labeller 1').click()
    await expect.element(page.getByRole('img', { name: /^QR code of the link/ })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await page.getByText('The link itself').click()
    await expect.element(page.getByText(/^These links have up to [\d,]+ characters/)).toBeVisible()
    await expect.element(button('Show the QR code of labeller 1')).not.toBeInTheDocument()
    const file = await downloaded(() => button('Links as CSV').click())
    const [, first = ''] = (await file.text()).split('\r\n')
    expect(decodeInvitation(first.replace(/^1,.*invitation=/, '')).inline).toEqual(study)
  })

  it('saves what was typed last when the page is left at once', async () => {
    await openStudy('write', [], madeUpStudy())
    await field('Title').fill('Typed at the last moment')
    await open('#/study')
    await expect.element(page.getByRole('link', { name: 'Typed at the last moment' })).toBeVisible()
    expect((await stored()).title).toBe('Typed at the last moment')
  })

  it('keeps what is typed while a field is invalid', async () => {
    await openStudy('write', [], madeUpStudy())
    await field('Title').fill('')
    await field('Consent').fill('A long text')
    await expect
      .element(page.getByRole('status', { name: 'Saved' }))
      .toHaveTextContent('Saved as a draft.')
    useEditing.setState(useEditing.getInitialState(), true)
    await reload()
    await expect.element(field('Consent')).toHaveValue('A long text')
    await expect.element(field('Title')).toHaveValue('')
    expect((await stored()).title).not.toBe('')
  })

  it('leaves a study that another tab has prepared as it is, and keeps what is typed as a draft', async () => {
    const draft = madeUpStudy()
    await openStudy('write', [], draft)
    await field('Title').fill('')
    const saved = page.getByRole('status', { name: 'Saved' })
    await expect.element(saved).toHaveTextContent('Saved as a draft. Problem: Expected a title.')
    await saveInOtherTab(madeUpPreparedStudy())
    await field('Title').fill('Typed too late')
    await expect.element(alert()).toHaveTextContent('The study was changed in another tab')
    await expect.element(saved).toHaveTextContent('Saved as a draft.')
    await expect.element(button('Prepare the study')).toBeDisabled()
    expect(await stored()).toEqual(study)
    // The draft is not lost with the page.
    useEditing.setState(useEditing.getInitialState(), true)
    await reload()
    await expect.element(field('Title')).toHaveValue('Typed too late')
    await field('Reasons that may be ticked').fill('Mine')
    await button('Discard what is typed here').click()
    await expect.element(field('Title')).toHaveValue(study.title)
    await expect.element(field('Reasons that may be ticked')).toHaveValue('shorter\nstraighter')
    await expect.element(alert()).not.toBeInTheDocument()
    await expect.element(page.getByRole('region', { name: 'Write', exact: true })).toHaveFocus()
    // From here on, what is typed is saved.
    await field('Title').fill('Typed in time')
    await expect.element(saved).toHaveTextContent('Saved in this browser.')
    expect(await stored()).toEqual({ ...study, title: 'Typed in time' })
  })

  it('keeps as a draft what is typed before the change of another tab has reached this one', async () => {
    await openStudy('write', [], madeUpStudy())
    const unread = useStudies.getState().entries
    const changed = { ...(await stored()), title: 'Changed elsewhere' }
    await saveInOtherTab(changed)
    useStudies.setState({ entries: unread })
    await field('Title').fill('Typed at the same time')
    await expect
      .element(page.getByRole('status', { name: 'Saved' }))
      .toHaveTextContent('Saved as a draft.')
    await expect.element(alert()).toHaveTextContent('The study was changed in another tab')
    expect(await stored()).toEqual(changed)
    // What the other tab saves next leaves this draft alone.
    await saveInOtherTab({ ...changed, title: 'Changed again' })
    useEditing.setState(useEditing.getInitialState(), true)
    await reload()
    await expect.element(field('Title')).toHaveValue('Typed at the same time')
    // A deleted study takes what was typed into it with it.
    await deleteStudy(await labDatabase(), study.id)
    await loadStudies()
    await openStudy('write', [], madeUpStudy())
    await expect.element(field('Title')).toHaveValue(study.title)
    await expect.element(alert()).not.toBeInTheDocument()
  })

  it('lets what was typed too late go on as a new version', async () => {
    await openStudy('write', [], madeUpStudy())
    await field('Title').fill('')
    await expect
      .element(page.getByRole('status', { name: 'Saved' }))
      .toHaveTextContent('Saved as a draft.')
    await saveInOtherTab(madeUpPreparedStudy())
    await field('Title').fill('Typed too late')
    await button('Continue as a new version').click()
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent('Typed too late')
    const { records } = await readStudies(await labDatabase())
    expect(records.map((entry) => entry.study.title)).toEqual(['Typed too late', study.title])
    await open(studyAddress(study.id, 'write'))
    await expect.element(field('Title')).toHaveValue(study.title)
    await expect.element(alert()).not.toBeInTheDocument()
  })

  it('prepares nothing over what another tab has changed meanwhile', async () => {
    await openStudy('write', [], madeUpStudy())
    await page.getByRole('combobox', { name: 'Agent 1' }).selectOptions('Fine-tuned')
    const file = holdBack('fine-tuned.onnx')
    await button('Prepare the study').click()
    await file.requested
    await saveInOtherTab({ ...(await stored()), title: 'Changed elsewhere' })
    file.release()
    await expect.element(alert()).toHaveTextContent('was changed in another tab meanwhile')
    expect(await stored()).toMatchObject({ title: 'Changed elsewhere' })
    expect(isPrepared(await stored())).toBe(false)
  })

  it('keeps the focus where agents are chosen and removed', async () => {
    await openStudy('write', [], madeUpStudy())
    const agent = (number: number) => page.getByRole('combobox', { name: `Agent ${number}` })
    await expect.poll(() => agent(1).getByRole('option').elements().length).toBeGreaterThan(2)
    expect(focused(agent(1))).toBe(true)
    await agent(1).selectOptions('Fine-tuned')
    await expect.element(agent(1)).toHaveValue('fine-tuned')
    await expect.element(agent(1)).toHaveFocus()
    await button('Add an agent').click()
    await button('Remove agent 2').click()
    await expect.element(agent(2)).not.toBeInTheDocument()
    const agents = page.getByRole('group', { name: 'Agents', exact: true })
    await expect.element(agents).toHaveFocus()
    // The button that added the last one is then disabled.
    for (let number = 2; number <= 8; number++) await button('Add an agent').click()
    await expect.element(button('Add an agent')).toBeDisabled()
    await expect.element(agents).toHaveFocus()
  })

  it('says which agent is not here, and cancels a preparation that plays', async () => {
    await openStudy('write', [], madeUpStudy())
    await button('Prepare the study').click()
    await expect.element(alert()).toHaveTextContent('“fine-tuned.onnx” is neither on this site')
    limitClips(0)
    onTestFinished(() => limitClips())
    await page.getByRole('combobox', { name: 'Agent 1' }).selectOptions('Fine-tuned')
    await button('Prepare the study').click()
    await expect
      .element(page.getByRole('progressbar', { name: 'Progress of the preparation' }))
      .toHaveAttribute('aria-valuetext', '0 of 24 clips')
    const summary = page.getByRole('complementary', { name: 'Summary' })
    await expect.element(summary).toHaveFocus()
    await button('Cancel').click()
    await expect.element(button('Prepare the study')).toBeEnabled()
    await expect.element(summary).toHaveFocus()
    expect(isRunning('labelling')).toBe(false)
    expect(isPrepared(await stored())).toBe(false)
  })

  it('has its clips from another island where one is chosen', async () => {
    await open('#/study')
    await button('New study').click()
    await page.getByRole('combobox', { name: 'Island' }).selectOptions('Without the left one')
    const asked = page.getByRole('combobox', { name: 'The question asks for' })
    await expect.element(asked).toHaveValue('none')
    await expect
      .poll(() => asked.element().textContent)
      .toBe('None: no golden pairsThe middle jumppadThe right jumppad')
    await asked.selectOptions('The right jumppad')
    for (const [name, value] of Object.entries({
      ...{ Labellers: '3', 'Labellers per pair (overlap)': '1', 'Pairs per labeller': '6' },
      ...{ 'Clips per agent': '40', 'Pairs shown again': '1', 'Golden pairs per labeller': '2' },
    })) {
      await field(name).fill(value)
    }
    await button('Prepare the study').click()
    await expect.element(page.getByText(/^Prepared:/)).toBeVisible()
    const prepared = await stored()
    expect(prepared).toMatchObject({ version: 2, island: { title: 'Without the left one' } })
    expect(isPrepared(prepared)).toBe(true)
  })

  it('fixes what its clips depend on, and everything once answers are there', async () => {
    await openStudy('write')
    await expect.element(field('Labellers')).toBeDisabled()
    await expect.element(field('Title')).toBeEnabled()
    await openStudy('write', answersOf(1, agreed))
    await expect.element(field('Title')).toBeDisabled()
    await button('Edit as a new version').click()
    await expect.element(field('Labellers')).toBeEnabled()
    expect(location.hash).not.toContain(study.id)
  })
})

describe('study files', () => {
  it('that are damaged say so, and good ones open', async () => {
    await open('#/study')
    const damaged = new File(['{"format": "jumppad-study", "version": 1'], 'cut.json')
    await userEvent.upload(page.getByLabelText('Study file'), damaged)
    await expect.element(alert()).toHaveTextContent('cut.json: The study file is damaged')
    await drop(new File([JSON.stringify(study)], 'good.json'))
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(study.title)
    expect(await stored()).toEqual(study)
    await drop(new File([JSON.stringify({ ...study, title: 'Changed' })], 'other.json'))
    await expect.element(alert()).toHaveTextContent('other.json: another version of the study')
    expect(await stored()).toEqual(study)
  })

  it('are deleted with everything that was gathered, after a second press', async () => {
    const other = madeUpStudy({ id: '00000000-0000-4000-8000-0000000000ff', title: 'Another one' })
    await openStudy('write', [], other)
    await openStudy('write', answersOf(1, agreed))
    await open('#/study')
    await button('Delete “Another one”').click()
    await button(/^Delete “Another one” and all answers/).click()
    await expect.element(page.getByRole('list', { name: 'Studies' })).toHaveFocus()
    await button(`Delete “${study.title}”`).click()
    await button(/^Delete “.*” and all answers/).click()
    await expect.element(page.getByText('There is no study in this browser yet.')).toBeVisible()
    expect(document.activeElement).not.toBe(document.body)
    expect(await gathered()).toEqual([])
  })
})

describe('answer files', () => {
  it('are gathered, any number at once; damaged and foreign ones say so', async () => {
    await openStudy('progress')
    const text = (labeller: number, of: PreparedStudy = study) =>
      encodeAnswersFile(
        of,
        madeUpLabelling({ study: of, labeller, digest }, ({ known }) => known ?? 'first'),
      )
    const foreign = madeUpPreparedStudy({ id: '00000000-0000-4000-8000-0000000000ff' })
    await drop(
      new File([text(1)], 'one.jsonl'),
      new File([text(2).slice(0, -200)], 'two.jsonl'),
      new File([text(1, foreign)], 'three.jsonl'),
    )
    await expect.element(alert()).toHaveTextContent('two.jsonl: The answers file is')
    await expect.element(alert()).toHaveTextContent('three.jsonl: these answers belong to')
    await expect
      .element(said())
      .toHaveTextContent(`one.jsonl: 12 answers added to “${study.title}”.`)
    await expect.element(rowOf('Labellers', '1')).toHaveTextContent('finished12 of 12')
    await expect.element(rowOf('Labellers', '2')).toHaveTextContent('not opened')
    await reload()
    await expect.element(rowOf('Labellers', '1')).toHaveTextContent('finished12 of 12')
  })
})

it('answers that are handed in again count once, and corrections not at all', async () => {
  await openStudy('progress')
  const [begun, ...rest] = answersOf(1, agreed)
  const answers = rest.filter((message) => message.kind === 'label')
  const [pair] = scheduleOf(study, 1)
  if (!begun || !pair) throw new Error('The schedule is empty')
  const corrects = answers[0]?.id ?? ''
  const correction = madeUpAnswer({ study, labeller: 1, digest }, 500, pair, { corrects })
  const dropFile = (...messages: readonly LabellerMessage[]) =>
    drop(new File([encodeAnswersFile(study, messages)], 'one.jsonl'))
  const title = `“${study.title}”`
  await dropFile(begun, ...answers.slice(0, 10))
  await expect.element(said()).toHaveTextContent(`one.jsonl: 10 answers added to ${title}.`)
  await dropFile(begun, ...answers, correction)
  await expect
    .element(said())
    .toHaveTextContent(`2 answers added to ${title}; 10 answers of the file were here already.`)
  await dropFile(begun, ...rest, correction)
  await expect
    .element(said())
    .toHaveTextContent(/no answers added to .*, but 1 other message, such as .*; 12 answers of the/)
  await dropFile(begun, ...rest, correction)
  await expect.element(said()).toHaveTextContent(`nothing added to ${title}: all of the file was`)
})

it('answers to an earlier version of a study are refused', async () => {
  await openStudy('progress')
  const earlier = madeUpLabelling({ study, labeller: 1, digest: '0'.repeat(64) }, () => 'first')
  await drop(new File([encodeAnswersFile(study, earlier)], 'earlier.jsonl'))
  await expect
    .element(alert())
    .toHaveTextContent(`these answers belong to an earlier version of “${study.title}”`)
  expect(await gathered()).toEqual([])
})

describe('the progress of a study', () => {
  it('shows everybody’s work, the pairs and their agreement, and what was refused', async () => {
    const [pair] = scheduleOf(study, 5)
    if (!pair) throw new Error('The schedule is empty')
    const stranger = madeUpAnswer({ study, labeller: 6, digest }, 0, pair)
    await openStudy('progress', [
      ...[1, 2, 3].flatMap((each) => answersOf(each, agreed)),
      madeUpBeginning({ study, labeller: 4, digest }),
      stranger,
    ])
    const golden = rowOf('Labellers', '1').getByRole('cell').nth(2)
    await expect.element(golden).toHaveTextContent('2 of 234–100%')
    await expect.element(rowOf('Labellers', '4')).toHaveTextContent('answering0 of 12')
    await expect.element(page.getByText('24 of 48', { exact: true })).toBeVisible()
    await expect.element(page.getByText('3 of 6', { exact: true })).toBeVisible()
    await expect.element(page.getByText('α = 1.00')).toBeVisible()
    await expect
      .element(
        page.getByText(
          '1 message is not counted because the start of its session is missing; ask that labeller for a complete file.',
        ),
      )
      .toBeVisible()
    const done = page.getByRole('list', { name: 'Pairs by state' })
    const holders = (first: string, second: string) =>
      [1, 2, 3].filter((slot) =>
        scheduleOf(study, slot).some(
          (each) =>
            each.kind === 'fresh' && pairKey(each.first, each.second) === pairKey(first, second),
        ),
      ).length
    const complete = study.material.pairs.filter(
      ({ first, second }) => holders(first, second) === 2,
    )
    await expect.element(done).toHaveTextContent(`${complete.length} done`)
  })

  it('sorts labellers by any column, those without a value last', async () => {
    const slow = answersOf(2, agreed).map((message) =>
      message.kind === 'label'
        ? { ...message, label: { ...message.label, responseMs: 9000 } }
        : message,
    )
    await openStudy('progress', [...answersOf(1, agreed), ...slow])
    const names = () =>
      page
        .getByRole('table', { name: 'Labellers' })
        .getByRole('rowheader')
        .elements()
        .map(({ textContent }) => textContent)
    await button('Median').click()
    expect(names().slice(0, 2)).toEqual(['1', '2'])
    await button(/^Median/).click()
    expect(names()).toEqual(['2', '1', '3', '4', '5', '6'])
  })

  it('excludes a labeller by hand, with a note, and includes them again', async () => {
    await openStudy('progress', answersOf(1, agreed))
    await button('Exclude labeller 1').click()
    await field('Why').fill('Asleep')
    await userEvent.keyboard('{Tab}{Tab}{Enter}')
    await expect.element(rowOf('Labellers', '1')).toHaveTextContent('excluded by you')
    await expect.element(page.getByText('0 of 48', { exact: true })).toBeVisible()
    expect(await gathered()).toContainEqual(
      expect.objectContaining({ kind: 'exclusion', out: true, note: 'Asleep' }),
    )
    await button('Include labeller 1 again').click()
    await expect.element(rowOf('Labellers', '1')).toHaveTextContent('finished')
    // What was done by hand is undone; no rule is overridden.
    const undone = (await gathered()).filter(({ kind }) => kind === 'exclusion')
    expect(undone.filter((message) => !('out' in message))).toHaveLength(1)
  })

  it('shows whom rules would leave out and why, before they apply', async () => {
    const careless = madeUpLabelling({ study, labeller: 2, digest }, ({ known }) =>
      known === 'first' ? 'second' : 'first',
    )
    await openStudy('progress', [...answersOf(1, agreed), ...careless])
    await page.getByText('Rules for excluding labellers').click()
    await button('Add a rule').click()
    await field('From this many answers on').fill('2')
    const effect = page.getByRole('status', { name: 'Effect of the rules' })
    await expect.element(effect).toHaveTextContent('would exclude 1 labeller')
    await expect
      .element(effect)
      .toHaveTextContent(
        /Labeller 2 answered 0 of 2 golden pairs correctly; the rule excludes anyone below 50%, once 2/,
      )
    await expect.element(rowOf('Labellers', '2')).toHaveTextContent('finished')
    await button('Apply the rules').click()
    await expect.element(page.getByRole('group', { name: 'Rules', exact: true })).toHaveFocus()
    await expect.element(rowOf('Labellers', '2')).toHaveTextContent('excluded by a rule')
    await expect.element(rowOf('Labellers', '1')).toHaveTextContent('finished')
  })
})

/** Focuses an element, and returns whether it has the focus. */
function focused(locator: Locator): boolean {
  const element = locator.element()
  if (element instanceof HTMLElement) element.focus()
  return document.activeElement === element
}

describe('disputes', () => {
  const split = everybody.flatMap((labeller) =>
    answersOf(labeller, () => (labeller % 2 === 0 ? 'first' : 'second')),
  )

  it('are decided by keyboard alone, one after another, and can be taken back', async () => {
    await openStudy('disputes', split)
    const list = page.getByRole('navigation', { name: 'Disputed pairs' })
    const pairs = list.getByRole('button')
    await expect.element(page.getByRole('img', { name: 'Left clip' })).toBeVisible()
    const count = pairs.elements().length
    const heading = page.getByRole('heading', { level: 2, name: /^Pair / })
    const before = heading.element().textContent
    await expect
      .element(page.getByRole('table', { name: 'Answers' }))
      .toHaveTextContent(/Left.*Right|Right.*Left/)
    await field('Note on the decision').fill('Clear')
    // A key in the field is text, not a decision.
    await userEvent.keyboard('{ArrowLeft}')
    expect(heading.element().textContent).toBe(before)
    // Arrows scroll the list, the table and the page.
    const decided = async () => (await gathered()).some(({ kind }) => kind === 'decision')
    const scrollers = [pairs.first(), page.getByRole('region', { name: 'Answers, scrollable' })]
    for (const scroller of scrollers) {
      await expect.poll(() => focused(scroller)).toBe(true)
      await userEvent.keyboard('{ArrowDown}')
    }
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    await userEvent.keyboard('{ArrowDown}')
    expect(heading.element().textContent).toBe(before)
    expect(await decided()).toBe(false)
    await heading.click()
    // The second of two quick presses was not meant for the next pair.
    await pressQuickly('ArrowLeft', 'ArrowDown')
    await expect.element(heading).not.toHaveTextContent(String(before))
    await expect.element(list).toHaveTextContent(`${count - 1} pairs to decide, 1 decided`)
    await expect
      .element(page.getByRole('status', { name: 'Announcements' }))
      .toHaveTextContent(`${before} decided: Left.`)
    expect(await gathered()).toContainEqual(
      expect.objectContaining({ kind: 'decision', verdict: 'first', note: 'Clear' }),
    )
    await pairs.last().click()
    await expect.element(heading).toHaveTextContent(String(before))
    await button('Take back').click()
    await expect.element(list).toHaveTextContent(`${count} pairs to decide`)
    await expect.element(list).not.toHaveTextContent('decided')
  })

  it('that are decided count in the results', async () => {
    await openStudy('disputes', split)
    await expect.element(page.getByRole('img', { name: 'Left clip' })).toBeVisible()
    const block = page.getByRole('group', { name: /^Decision on pair/ })
    const name = () => block.element().getAttribute('aria-label')
    const first = name()
    await userEvent.keyboard('{ArrowUp}')
    // The next pair takes keys a moment after it has appeared.
    await expect.poll(name).not.toBe(first)
    await expect.element(block).toHaveAttribute('aria-busy', 'false')
    await userEvent.keyboard('{ArrowDown}')
    await view('Results').click()
    await expect.element(page.getByRole('row', { name: /^Decided by you/ })).toHaveTextContent(/1$/)
    await expect.element(page.getByText('1 pair left out by you.')).toBeVisible()
  })
})

it('the result of a study is exported and leads to the Train page', async () => {
  await openStudy(
    'results',
    everybody.flatMap((each) => answersOf(each, agreed)),
  )
  await page.getByText('Mean', { exact: true }).click()
  const file = await downloaded(() => button('One answer for each pair: JSON Lines').click())
  await expect.element(button('One answer for each pair: JSON Lines')).toHaveFocus()
  const result = await decodeResult(await bytesOf(file))
  expect(result.method).toBe('mean')
  expect(result.comparisons).toHaveLength(study.material.pairs.length)
  const unanimous = page.getByRole('row', { name: /^Unanimous/ })
  await expect.element(unanimous).toHaveTextContent(new RegExp(`${result.comparisons.length}$`))
  await expect
    .element(page.getByRole('link', { name: 'Align an agent with it' }))
    .toHaveAttribute('href', `#/train?labels=study&study=${study.id}&method=mean`)
})

describe('a study with a collector', () => {
  const access: Access = {
    version: 1,
    ...{ study: { id: study.id, digest }, from: 'study.json', url: 'collector' },
    ...{ jwt: 'made.up.jwt', seed: `SU${'A'.repeat(56)}` },
  }
  const address = `#/study?access=${encodeAccess(access)}`

  type Following = Parameters<StudyReader['follow']>[0]

  /** Puts a collector in place that holds `messages`, and returns what it receives. */
  function fakeCollector(messages: readonly StudyMessage[]) {
    const published: ResearcherMessage[] = []
    const collector = { published, on: undefined as Following | undefined, away: false }
    const reader: StudyReader = {
      follow: async (on, signal) => {
        collector.on = on
        on.messages(messages)
        on.caughtUp()
        await new Promise((done) => signal.addEventListener('abort', done))
      },
      publish: async (message) => {
        if (collector.away) throw new AwayError('The collector is away.')
        published.push(message)
      },
      close: async () => undefined,
    }
    const connect = vi.spyOn(readers, 'connect').mockResolvedValue(reader)
    onTestFinished(() => connect.mockRestore())
    return collector
  }

  it('is opened by the researcher’s link, whose secret leaves the address at once', async () => {
    fakeCollector(answersOf(1, agreed))
    serve('study.json', study)
    await open(address)
    expect(location.href).not.toContain('access=')
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(study.title)
    await expect
      .element(page.getByRole('status', { name: 'Collector' }))
      .toHaveTextContent('Connected')
    await expect.element(rowOf('Labellers', '1')).toHaveTextContent('finished')
    expect(location.href).not.toContain('access=')
    const { records } = await readStudies(await labDatabase())
    expect(records[0]?.access).toEqual({
      ...{ url: access.url, jwt: access.jwt, seed: access.seed },
    })
  })

  it('that cannot be fetched is asked for again', async () => {
    fakeCollector([])
    serveMissing('study.json')
    await open(address)
    await expect.element(alert()).toHaveTextContent('the server answered with status 404')
    expect(location.href).not.toContain('access=')
    // The access is not lost when the page is closed.
    usePendingAccess.setState(usePendingAccess.getInitialState(), true)
    await reload()
    await expect.element(alert()).toHaveTextContent('the server answered with status 404')
    serveAsBefore('study.json')
    serve('study.json', study)
    await button('Try again').click()
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(study.title)
  })

  it('of another version than the link names is refused', async () => {
    serve('study.json', { ...study, title: 'Changed' })
    await open(address)
    await expect
      .element(alert())
      .toHaveTextContent('is not the one that the researcher’s link names')
  })

  it('shows answers as they come, and sends decisions, later ones where it was away', async () => {
    const collector = fakeCollector(answersOf(1, agreed))
    serve('study.json', study)
    await open(address)
    await expect.element(rowOf('Labellers', '2')).toHaveTextContent('not opened')
    collector.on?.messages(answersOf(2, agreed))
    await expect.element(rowOf('Labellers', '2')).toHaveTextContent('finished')

    collector.away = true
    collector.on?.away('The collector is away.')
    await button('Exclude labeller 2').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Exclude' }).click()
    await expect.element(rowOf('Labellers', '2')).toHaveTextContent('excluded by you')
    const state = page.getByRole('status', { name: 'Collector' })
    await expect.element(state).toHaveTextContent('1 decision to be sent.')
    expect(collector.published).toEqual([])
    collector.away = false
    collector.on?.away(undefined)
    await expect.poll(() => collector.published.map(({ kind }) => kind)).toEqual(['exclusion'])
    await expect.element(state).not.toHaveTextContent('to be sent')
  })
})

it('every view fits a telephone, with controls that are large enough', async () => {
  const split = everybody.flatMap((labeller) =>
    answersOf(labeller, () => (labeller % 2 === 0 ? 'first' : 'second')),
  )
  await openStudy('write', split)
  for (const name of ['Write', 'Invite', 'Progress', 'Disputes', 'Results']) {
    await view(name).click()
    await expect.element(page.getByRole('region', { name, exact: true })).toBeVisible()
    await resizeWindow(TELEPHONE)
    await expect.poll(overhang, { message: name }).toBeLessThanOrEqual(0)
    await expectLargeControls()
  }
})

/** Presses keys one right after another, which takes longer from outside the page. */
async function pressQuickly(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    // React renders what an event has changed in a microtask.
    await Promise.resolve()
  }
}
