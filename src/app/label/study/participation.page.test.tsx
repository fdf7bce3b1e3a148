import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { encodeInvitation, type Invitation } from '../../../collector/invitation.ts'
import { studyDigest } from '../../../collector/study-digest.ts'
import {
  readLabels,
  readSittings,
  STUDY_RECORD_VERSION,
  saveStudy,
} from '../../../storage/index.ts'
import {
  answersOf,
  decodeAnswersFile,
  type PreparedStudy,
  readStudyLog,
  type Study,
  type StudyMessage,
  scheduleOf,
} from '../../../study/index.ts'
import { madeUpPreparedStudy } from '../../../study/testing/made-up-study.ts'
import { labDatabase } from '../../data/database.ts'
import { usePreferences } from '../../stores/preferences.ts'
import {
  deleteDatabase,
  emptyDisk,
  fillDisk,
  forgetDatabase,
  holdTimers,
  leavePage,
} from '../../testing/database.ts'
import { downloaded } from '../../testing/downloads.ts'
import { expectLargeControls } from '../../testing/expect-large-controls.ts'
import {
  bringCollectorBack,
  forgetCollector,
  holdCollector,
  letCollectorRefuse,
  published,
  takeCollectorAway,
} from '../../testing/fake-collector.ts'
import { letBeSeen, press } from '../../testing/label.ts'
import { open, overhang, reload, resizeWindow, TELEPHONE } from '../../testing/open.tsx'
import { serve, serveNothing } from '../../testing/served.ts'
import { useTouchScreen } from '../../testing/touch.ts'
import { RETRY_MS } from '../outbox.ts'
import { useDesk } from '../store.ts'
import { useView } from '../view.ts'

// Tests of the labeller's way through a study, by keys, roles and labels, with clips of scripted players.

vi.mock('../../../collector/connect.ts', async () => {
  const { connectToFake } = await import('../../testing/fake-collector.ts')
  // The researcher's page, which a test opens too, imports a reader.
  return { connectPublisher: connectToFake, connectReader: connectToFake }
})

beforeEach(() => {
  useView.setState(useView.getInitialState(), true)
  usePreferences.setState(usePreferences.getInitialState(), true)
  forgetCollector()
})

afterEach(forgetDatabase)

const COLLECTOR = { url: 'collector', jwt: 'jwt', seed: `SU${'A'.repeat(56)}` }
const button = (name: string | RegExp) => page.getByRole('button', { name })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
const alert = () => page.getByRole('alert')
const sent = () => page.getByRole('status', { name: 'Sent labels' })
const feedback = () => page.getByRole('region', { name: 'Feedback' })
const pairNumber = (number: number) => page.getByText(`Pair ${number} of`)

/** Returns an invitation to a study that has a collector, and is in the link unless changed. */
async function invitationTo(study: Study, changes: Partial<Invitation> = {}): Promise<Invitation> {
  const digest = await studyDigest(study)
  return {
    ...{ version: 1, study: { id: study.id, digest }, labeller: 3, slot: 3 },
    ...{ collector: COLLECTOR, inline: study },
    ...changes,
  }
}

const linkOf = (invitation: Invitation, more = '') =>
  `#/label?invitation=${encodeInvitation(invitation)}${more}`

async function openLink(study: Study, changes: Partial<Invitation> = {}): Promise<void> {
  await open(linkOf(await invitationTo(study, changes)))
}

/** Agrees and reads the instructions, with the keyboard alone. */
async function agree(study: Study): Promise<void> {
  await expect.element(heading(study.title)).toHaveFocus()
  await pressTo('I agree and want to take part')
  await expect.element(heading('Instructions')).toHaveFocus()
  await pressTo(/^Start with/)
}

/** Moves the focus to a button with Tab, and presses it. */
async function pressTo(name: string | RegExp): Promise<void> {
  const target = button(name).element()
  for (let tabs = 0; document.activeElement !== target; tabs++) {
    if (tabs > 40) throw new Error(`Tab does not reach ${name}.`)
    await userEvent.keyboard('{Tab}')
  }
  await userEvent.keyboard('{Enter}')
}

/** Answers the practice pair on the desk, and continues. */
async function practise(right: boolean): Promise<void> {
  await press(keyOfPractice(right))
  await expect.element(feedback()).toHaveTextContent(right ? /^Correct: / : /^Not quite: /)
  await userEvent.keyboard('{Enter}')
  await expect.element(feedback()).not.toBeInTheDocument()
}

/** Returns the key of the right answer to the practice pair on the desk, or of the wrong one. */
function keyOfPractice(right: boolean): string {
  const { onDesk } = useDesk.getState()
  const study = shownStudy
  const known = study?.material.practice.find(({ first }) => first === onDesk?.pair.first)
  return (known?.answer === onDesk?.pair.left) === right ? 'ArrowLeft' : 'ArrowRight'
}

const { getAll } = IDBObjectStore.prototype
const { getAll: getAllOf } = IDBIndex.prototype

/** Makes reading everything in a store fail; returns the function that ends this. */
function breakReading(store: string): () => void {
  const fail = () => {
    throw new DOMException('The disk cannot be read.', 'UnknownError')
  }
  IDBObjectStore.prototype.getAll = function (...query) {
    return this.name === store ? fail() : getAll.apply(this, query)
  }
  IDBIndex.prototype.getAll = function (...query) {
    return this.objectStore.name === store ? fail() : getAllOf.apply(this, query)
  }
  return () => {
    IDBObjectStore.prototype.getAll = getAll
    IDBIndex.prototype.getAll = getAllOf
  }
}

/** Replaces the last label by one that only a newer release can read. */
async function spoilLastLabel(): Promise<void> {
  await (await labDatabase()).write(['labels'], async (transaction) => {
    const cursor = await transaction.objectStore('labels').openCursor(null, 'prev')
    if (cursor) await cursor.update(Object.assign(cursor.value, { version: 99 }))
  })
}

/** Study that the test is about. */
let shownStudy: PreparedStudy | undefined

function made(overrides: Partial<Study> = {}): PreparedStudy {
  shownStudy = madeUpPreparedStudy(overrides)
  return shownStudy
}

/** A study without practice, golden pairs or re-shows. */
function short(pairs: number, overrides: Partial<Study> = {}): PreparedStudy {
  return made({
    design: { seed: 3, labellers: 6, pairsEach: pairs, overlap: 2, clipsPerAgent: 12, reShows: 0 },
    golden: { jumppad: 'left', pairs: 0, least: 0, below: 'note' },
    practice: { pairs: 0, least: 0 },
    ...overrides,
  })
}

/** Opens a short study and comes to its first pair. */
async function openPairs(study: PreparedStudy, changes: Partial<Invitation> = {}): Promise<void> {
  await openLink(study, changes)
  await button('I agree and want to take part').click()
  await button('Start with the first pair').click()
  await letBeSeen()
}

async function logOf(study: PreparedStudy, messages: readonly StudyMessage[] = published()) {
  return readStudyLog(study, await studyDigest(study), messages)
}

const labelsOf = async (study: PreparedStudy) =>
  (await logOf(study)).sittings.flatMap((sitting) => answersOf(sitting))

describe('an invitation', () => {
  it('leads by keyboard through consent, practice and all pairs to the end, and sends what fits the study', async () => {
    const study = made()
    const invitation = await invitationTo(study)
    await open(linkOf(invitation, '&PROLIFIC_PID=p%201&OTHER=no'))
    await expect.element(page.getByText('PROLIFIC_PID (p 1)')).toBeVisible()
    await agree(study)
    await practise(true)
    await practise(false)
    // Nothing was sent yet.
    expect(published()).toEqual([])
    await expect.element(heading('The practice is done')).toHaveFocus()
    await pressTo('Start labelling')
    const schedule = scheduleOf(study, 3)
    for (const number of schedule.keys()) {
      await expect.element(pairNumber(number + 1)).toBeVisible()
      await press(number % 3 === 0 ? 'ArrowLeft' : 'ArrowUp')
    }
    await expect.element(heading('Thank you')).toHaveFocus()
    await expect.element(sent()).toHaveTextContent(/^12 of 12 sent$/)
    await expect.element(page.getByText('THANKS-42')).toBeVisible()
    await expect.poll(() => published().at(-1)?.kind).toBe('finished')
    const { sittings, refused } = await logOf(study)
    expect(refused.size).toBe(0)
    expect(sittings).toHaveLength(1)
    expect(sittings[0]).toMatchObject({
      ...{ labeller: 3, slot: 3, withdrawn: false },
      begun: { parameters: { PROLIFIC_PID: 'p 1' }, practice: { answered: 2, right: 1 } },
      finished: { why: 'all answered' },
    })
    expect(sittings[0]?.log.map(({ first, left, kind }) => [first, left, kind])).toEqual(
      schedule.map(({ first, left, kind }) => [first, left, kind]),
    )
  })

  it('resumes every step after a reload, at the pair that came next, without its server', async () => {
    const study = made()
    serve('study.json', study)
    const { inline: _inline, ...invitation } = await invitationTo(study, { from: 'study.json' })
    await open(linkOf(invitation))
    await expect.element(heading(study.title)).toBeVisible()
    serveNothing('study.json')
    const again = async () => {
      await leavePage()
      await reload()
    }
    await again()
    await button('I agree and want to take part').click()
    await expect.element(heading('Instructions')).toBeVisible()
    await again()
    await button(/^Start with/).click()
    await practise(true)
    await again()
    await expect.element(page.getByText('Practice pair 1')).toBeVisible()
    await practise(true)
    await practise(true)
    await expect.element(heading('The practice is done')).toBeVisible()
    await again()
    await button('Start labelling').click()
    await press('ArrowLeft', 'ArrowRight', 'ArrowUp')
    await expect.element(pairNumber(4)).toBeVisible()
    const shown = useDesk.getState().onDesk?.pair
    await expect.element(sent()).toHaveTextContent('3 of 3 sent')
    await again()
    await expect.element(pairNumber(4)).toBeVisible()
    expect(useDesk.getState().onDesk?.pair).toEqual(shown)
    await expect.element(sent()).toHaveTextContent('3 of 3 sent')
    for (let answered = 3; answered < 12; answered++) await press('ArrowLeft')
    await expect.element(heading('Thank you')).toBeVisible()
    await again()
    await expect.element(heading('Thank you')).toBeVisible()
    await expect.element(sent()).toHaveTextContent('12 of 12 sent')
    const { sittings, refused } = await logOf(study)
    expect(refused.size).toBe(0)
    expect(sittings.map(({ log }) => log.length)).toEqual([12])
  })

  it('stores and sends nothing for somebody who declines', async () => {
    await openLink(short(2))
    await button('No, thanks').click()
    await expect.element(heading('You chose not to take part')).toHaveFocus()
    await button('Read the invitation again').click()
    await expect.element(button('I agree and want to take part')).toBeVisible()
    await button('No, thanks').click()
    await expect.element(heading('You chose not to take part')).toHaveFocus()
    await leavePage()
    expect((await readSittings(await labDatabase())).records).toEqual([])
    expect(published()).toEqual([])
  })

  it('gives two browsers two sessions, even of the same number', async () => {
    const study = short(2)
    for (const key of ['ArrowLeft', 'ArrowRight']) {
      await openPairs(study)
      await press(key, key)
      await expect.element(sent()).toHaveTextContent('2 of 2 sent')
      await expect.poll(() => published().at(-1)?.kind).toBe('finished')
      await forgetDatabase()
    }
    const { sittings, refused } = await logOf(study)
    expect(refused.size).toBe(0)
    expect(sittings.map(({ name, log }) => [name, log.length])).toEqual([
      ['3a', 2],
      ['3b', 2],
    ])
  })

  it('begins no second session, and shows no pair again, where the database cannot be read', async () => {
    const study = short(4)
    await openPairs(study)
    await press('ArrowLeft', 'ArrowRight')
    await expect.element(sent()).toHaveTextContent('2 of 2 sent')
    await leavePage()
    for (const store of ['sittings', 'labels']) {
      const repair = breakReading(store)
      onTestFinished(repair)
      await reload()
      await expect.element(heading('The study could not be opened')).toBeVisible()
      await expect.element(alert()).toHaveTextContent('The browser’s database failed')
      repair()
      await button('Try again').click()
      await expect.element(pairNumber(3)).toBeVisible()
      await leavePage()
    }
    await spoilLastLabel()
    await reload()
    await expect.element(alert()).toHaveTextContent('1 record in this browser cannot be read')
    expect((await readSittings(await labDatabase())).records).toHaveLength(1)
  })

  it('that is damaged or foreign is explained', async () => {
    const link = linkOf(await invitationTo(short(2)))
    const cases = {
      [link.slice(0, -40)]: 'This invitation is incomplete: ',
      [`${link.slice(0, -3)}xyz`]: 'This invitation was changed in transit.',
      '#/label?invitation=': 'This invitation is incomplete: the link was cut off',
      [`#/label?invitation=${'x'.repeat(60)}`]: 'This is not an invitation to a Jumppad study.',
      '#/label?try=nothing': 'This study is not in this browser',
    }
    for (const [address, sentence] of Object.entries(cases)) {
      await open(address)
      await expect.element(alert()).toHaveTextContent(sentence)
    }
  })

  it('whose study is out of reach can be tried again', async () => {
    const study = short(2)
    serveNothing('study.json')
    const { inline: _inline, ...invitation } = await invitationTo(study, { from: 'study.json' })
    await open(linkOf(invitation))
    await expect.element(alert()).toHaveTextContent('check your connection to the internet')
    serve('study.json', { ...study, title: 'Another' })
    await button('Try again').click()
    await expect.element(alert()).toHaveTextContent('was changed after this invitation was made')
    serve('study.json', study)
    await open(linkOf(invitation))
    await expect.element(heading(study.title)).toBeVisible()
  })

  it('opens by its server’s clock, and can be handed in after the study has closed', async () => {
    const day = 86_400_000
    const at = (days: number) => new Date(Date.now() + days * day)
    const study = short(3, { opens: at(1).toISOString(), closes: at(3).toISOString() })
    const { inline: _inline, ...invitation } = await invitationTo(study, { from: 'study.json' })
    const serveAt = (days: number) => serve('study.json', study, { Date: at(days).toUTCString() })
    serveAt(0)
    await open(linkOf(invitation))
    await expect.element(heading('The study is not open yet')).toBeVisible()
    // The clock of this computer is two days late.
    serveAt(2)
    await open(linkOf(invitation, '&now'))
    await button('I agree and want to take part').click()
    await button('Start with the first pair').click()
    await press('ArrowLeft')
    await expect.element(sent()).toHaveTextContent('1 of 1 sent')
    await leavePage()
    vi.useFakeTimers({ toFake: ['Date'], now: at(4) })
    serveAt(4)
    try {
      await reload()
      await expect.element(heading('The study has closed')).toBeVisible()
      await expect.element(sent()).toHaveTextContent('1 of 1 sent')
      const file = await downloaded(() => button('Save a copy').click())
      const { messages } = decodeAnswersFile(await file.text())
      expect(messages.map(({ kind }) => kind)).toEqual(['begun', 'label'])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the practice', () => {
  it('is repeated where too few answers are right, and explains every answer', async () => {
    const study = made({ practice: { pairs: 2, least: 1 } })
    await openLink(study)
    await agree(study)
    await practise(true)
    await practise(false)
    await expect
      .element(page.getByRole('region', { name: 'Labelling desk' }))
      .toHaveTextContent('You answered 1 of 2 practice pairs correctly, and 2 are needed')
    await practise(true)
    await press(keyOfPractice(true))
    await expect.element(feedback()).toHaveTextContent(/The left clip reaches .*; the right clip/)
    // Further answers to the same pair have no effect.
    await userEvent.keyboard('{ArrowLeft}{ArrowRight}')
    await button('Continue').click()
    await expect
      .element(page.getByText('You answered 3 of 4 practice pairs correctly.'))
      .toBeVisible()
    const { records } = await readLabels(await labDatabase())
    expect(records).toEqual([])
  })
})

it('offers other ways after three rounds of practice with too few correct answers', async () => {
  await openLink(made({ practice: { pairs: 2, least: 1 } }))
  await button('I agree and want to take part').click()
  await button(/^Start with/).click()
  for (let answers = 0; answers < 6; answers++) {
    expect(button('Review the instructions').query()).toBeNull()
    await press(keyOfPractice(false))
    await expect.element(button('Continue')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('region', { name: 'Labelling desk' })).toHaveFocus()
  }
  await expect.element(button('Stop here and withdraw from the study')).toBeVisible()
  await button('Review the instructions').click()
  await expect.element(heading('Instructions')).toHaveFocus()
  await button('Back to the practice').click()
  await expect.element(page.getByText('Practice pair 1')).toBeVisible()
  await button('Withdraw from the study').click()
  await button(/^Withdraw now/).click()
  await expect.element(heading('You have withdrawn')).toBeVisible()
  await expect.element(page.getByText('Nothing was sent.')).toBeVisible()
})

it('leads back to a study that was left unfinished', async () => {
  const study = short(3)
  await openPairs(study)
  await press('ArrowLeft')
  await open('#/label')
  await expect
    .element(page.getByText(`You haven’t finished the study “${study.title}”.`))
    .toBeVisible()
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect.element(pairNumber(2)).toBeVisible()
  await press('ArrowLeft', 'ArrowLeft')
  await expect.element(heading('Thank you')).toBeVisible()
  await page.getByRole('link', { name: 'Label your own pairs' }).click()
  await expect.element(page.getByRole('heading', { name: 'New session' })).toBeVisible()
  await expect.element(page.getByText(/^You haven’t finished/)).not.toBeInTheDocument()
})

describe('the desk of a study', () => {
  it('takes graded answers by keys, with reasons that are ticked by digits', async () => {
    const study = short(5, { answers: 'graded' })
    await openPairs(study)
    await userEvent.keyboard('2')
    await expect.element(page.getByRole('checkbox', { name: 'straighter' })).toBeChecked()
    await press('Shift>}{ArrowLeft}{/Shift')
    await expect.element(page.getByRole('checkbox', { name: 'straighter' })).not.toBeChecked()
    await press('ArrowLeft')
    await userEvent.keyboard('21')
    await press('ArrowUp')
    await userEvent.keyboard('?')
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect.element(dialog.getByText('The left clip is much better')).toBeVisible()
    await dialog.getByRole('switch').click()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
    await userEvent.keyboard('1')
    await page.getByRole('checkbox', { name: 'straighter' }).click()
    await press('Shift>}{ArrowRight}{/Shift', 'ArrowDown')
    await expect.poll(async () => (await labelsOf(study)).length).toBe(5)
    const labels = await labelsOf(study)
    expect(labels.map(({ strength, reasons }) => [strength, reasons])).toEqual([
      ['much', ['straighter']],
      ['slight', undefined],
      [undefined, ['shorter', 'straighter']],
      ['much', ['straighter']],
      [undefined, undefined],
    ])
    const sides = labels.map(({ verdict, left }) => (verdict === left ? 'left' : verdict))
    expect(sides.slice(0, 2)).toEqual(['left', 'left'])
    expect(labels[3]?.verdict).not.toBe(labels[3]?.left)
    expect([labels[2]?.verdict, labels[4]?.verdict]).toEqual(['tie', 'cannot tell'])
  })

  it('goes back to earlier answers, whose corrections are sent too', async () => {
    const study = short(4)
    await openPairs(study)
    await press('ArrowLeft', 'ArrowLeft')
    await userEvent.keyboard('{Backspace}{Backspace}')
    await expect.element(page.getByText(/Pair 1 again: you answered Left/)).toBeVisible()
    await press('ArrowUp')
    await expect.element(pairNumber(3)).toBeVisible()
    await expect.element(sent()).toHaveTextContent('2 of 2 sent')
    await expect
      .poll(async () => (await labelsOf(study)).map(({ verdict }) => verdict)[0])
      .toBe('tie')
    expect(published().filter(({ kind }) => kind === 'label')).toHaveLength(3)
  })

  it('suggests breaks, whose time does not count', async () => {
    const study = short(4, { breakEvery: 2 })
    await openPairs(study)
    await press('ArrowLeft', 'ArrowLeft')
    // The next pair may be drawn before the press has returned.
    const answered = performance.getEntriesByName('label: answered').at(-1)?.startTime ?? 0
    const dialog = page.getByRole('dialog', { name: 'Time for a break?' })
    await expect.element(dialog).toHaveTextContent('You have answered 2 of 4 pairs.')
    await userEvent.keyboard('{ArrowLeft}')
    await expect.element(button('Continue')).toHaveFocus()
    await letBeSeen()
    const firstFrame = performance.getEntriesByName('label: first frame').at(-1)?.startTime ?? 0
    const rested = performance.now() - firstFrame
    await userEvent.keyboard('{Enter}')
    await expect.element(dialog).not.toBeInTheDocument()
    await press('ArrowRight')
    const sinceAnswer = performance.now() - answered
    await expect.poll(async () => (await labelsOf(study)).length).toBe(3)
    const labels = await labelsOf(study)
    expect(labels.map(({ awayMs }) => awayMs === undefined)).toEqual([true, true, false])
    const { responseMs = 0, awayMs = 0 } = labels[2] ?? {}
    expect(awayMs).toBeGreaterThanOrEqual(rested)
    expect(responseMs + awayMs).toBeLessThanOrEqual(sinceAnswer)
  })

  it('ends a session that misses too many golden pairs, and says so kindly', async () => {
    const golden = { jumppad: 'left', pairs: 3, least: 0.9, below: 'stop' } as const
    const study = made({ golden, practice: { pairs: 0, least: 0 } })
    await openPairs(study)
    const schedule = scheduleOf(study, 3)
    for (let place = 0; heading('Thank you for your time').query() === null; place++) {
      const pair = schedule[place]
      if (pair === undefined) break
      const goesLeft = pair.known !== undefined && pair.known !== pair.left
      await press(goesLeft ? 'ArrowLeft' : 'ArrowRight')
      if (schedule.slice(0, place + 1).filter(({ known }) => known).length === 3) break
    }
    await expect.element(heading('Thank you for your time')).toBeVisible()
    await expect
      .poll(() => published().at(-1))
      .toMatchObject({
        kind: 'finished',
        why: 'golden pairs missed',
      })
  })

  it('fits a telephone, with targets large enough for a thumb', async () => {
    await useTouchScreen()
    await resizeWindow(TELEPHONE)
    const study = short(2, { answers: 'graded' })
    await openLink(study)
    for (const next of ['I agree and want to take part', 'Start with the first pair']) {
      await expect.poll(overhang).toBeLessThanOrEqual(0)
      await button(next).click()
    }
    await letBeSeen()
    await expect.poll(overhang).toBeLessThanOrEqual(0)
    const answers = page.getByRole('group', { name: study.question }).getByRole('button').elements()
    const reasons = page.getByRole('checkbox').elements()
    expect([answers.length, reasons.length]).toEqual([6, 2])
    for (const control of [...answers, ...reasons]) {
      const { width, height, bottom } = control.getBoundingClientRect()
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
      expect(bottom).toBeLessThanOrEqual(TELEPHONE.height)
      expect(control.scrollWidth).toBeLessThanOrEqual(Math.ceil(width))
    }
    await expectLargeControls()
  })
})

describe('answers that cannot be saved', () => {
  it('stay with the study when its page is left and opened again, and are in the file', async () => {
    holdTimers(RETRY_MS)
    const study = short(3)
    await openPairs(study)
    await press('ArrowLeft')
    await expect.element(sent()).toHaveTextContent('1 of 1 sent')
    fillDisk()
    await press('ArrowRight')
    await expect.element(alert()).toHaveTextContent('One answer is kept in this tab')
    const address = location.hash
    await page.getByRole('link', { name: 'Overview' }).click()
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    location.hash = address
    await expect.element(pairNumber(3)).toBeVisible()
    await expect.element(alert()).toHaveTextContent('One answer is kept in this tab')
    await expect.element(sent()).toHaveTextContent('1 of 1 sent')
    const file = await downloaded(() => button('Save answers file').click())
    const { messages } = decodeAnswersFile(await file.text())
    expect((await logOf(study, messages)).sittings[0]?.log).toHaveLength(2)
    emptyDisk()
    await alert().getByRole('button', { name: 'Try again' }).click()
    await expect.element(sent()).toHaveTextContent('2 of 2 sent')
  })

  it('are restored with the session, and sent again, when the database is cleared', async () => {
    const study = short(3)
    await openPairs(study)
    await press('ArrowLeft', 'ArrowRight')
    await expect.element(sent()).toHaveTextContent('2 of 2 sent')
    await leavePage()
    await reload()
    await expect.element(pairNumber(3)).toBeVisible()
    await deleteDatabase()
    forgetCollector()
    await press('ArrowUp')
    await expect.element(heading('Thank you')).toBeVisible()
    await expect.element(sent()).toHaveTextContent('3 of 3 sent')
    await expect.poll(() => published().at(-1)?.kind).toBe('finished')
    const { sittings, refused } = await logOf(study)
    expect(refused.size).toBe(0)
    expect(sittings.map(({ log }) => log.length)).toEqual([3])
  })
})

describe('sending', () => {
  it('waits for a collector that is away, without holding up the answers', async () => {
    const study = short(3)
    takeCollectorAway()
    await openPairs(study)
    await press('ArrowLeft', 'ArrowRight')
    await expect.element(sent()).toHaveTextContent('0 of 2 sent')
    await expect.element(page.getByText('The collector cannot be reached')).toBeVisible()
    await leavePage()
    await reload()
    await expect.element(pairNumber(3)).toBeVisible()
    await expect.element(sent()).toHaveTextContent('0 of 2 sent')
    bringCollectorBack()
    window.dispatchEvent(new Event('online'))
    await expect.element(sent()).toHaveTextContent('2 of 2 sent')
    expect((await logOf(study)).sittings[0]?.log).toHaveLength(2)
  })

  it('stops where the collector refuses, and offers the file instead', async () => {
    const study = short(2)
    letCollectorRefuse()
    await openPairs(study)
    await press('ArrowLeft', 'ArrowLeft')
    await expect.element(heading('Thank you')).toBeVisible()
    await expect
      .element(alert())
      .toHaveTextContent(/^The collector does not accept your answers\..*This invitation expired/)
    await expect.element(sent()).toHaveTextContent('0 of 2 sent')
    const file = await downloaded(() => button('Save answers file').click())
    const { messages } = decodeAnswersFile(await file.text())
    const { sittings, refused } = await logOf(study, messages)
    expect(refused.size).toBe(0)
    expect(sittings.map(({ log, finished }) => [log.length, finished?.why])).toEqual([
      [2, 'all answered'],
    ])
  })

  it('is repeated where the researcher asks for everything again', async () => {
    const study = short(2)
    await openPairs(study)
    await press('ArrowLeft', 'ArrowRight')
    await expect.element(page.getByText('Everything is sent.')).toBeVisible()
    const before = published().map(({ id }) => id)
    forgetCollector()
    await button('Send everything again').click()
    await expect.poll(() => published().map(({ id }) => id)).toEqual(before)
    await expect.element(sent()).toHaveTextContent('2 of 2 sent')
    // The button was gone for a while.
    expect(document.activeElement).not.toBe(document.body)
  })

  it('claims nothing as sent before that was looked up', async () => {
    const study = short(2)
    await openPairs(study)
    await press('ArrowLeft')
    await expect.element(sent()).toHaveTextContent('1 of 1 sent')
    const release = holdCollector()
    await button('Withdraw from the study').click()
    await button(/^Withdraw now/).click()
    await expect.element(page.getByText('Your withdrawal has not been sent yet')).toBeVisible()
    release()
    await expect.element(page.getByText('collector has received your withdrawal')).toBeVisible()
  })

  it('shares a file that the researcher’s page offers to open, where the device can', async () => {
    const shared: File[] = []
    const share = async ({ files = [] }: ShareData = {}) => void shared.push(...files)
    Object.assign(navigator, { canShare: () => true, share })
    onTestFinished(() => {
      Reflect.deleteProperty(navigator, 'canShare')
      Reflect.deleteProperty(navigator, 'share')
    })
    const study = short(1)
    const { collector: _collector, ...invitation } = await invitationTo(study)
    await open(linkOf(invitation))
    await button('I agree and want to take part').click()
    await button('Start with the first pair').click()
    await press('ArrowLeft')
    await expect
      .element(page.getByText(/^Your 1 answer is saved in this browser only/))
      .toBeVisible()
    await button('Share answers…').click()
    await expect.poll(() => shared.length).toBe(1)
    await open('#/study')
    const accepted = () => document.querySelector('input[type=file]')?.getAttribute('accept') ?? ''
    await expect
      .poll(() =>
        accepted()
          .split(',')
          .some((type) => type && shared[0]?.name.endsWith(type)),
      )
      .toBe(true)
  })

  it('is left to a file where there is no collector', async () => {
    const study = short(2)
    const { collector: _collector, ...invitation } = await invitationTo(study)
    await open(linkOf(invitation))
    await expect.element(page.getByText('Nothing is sent automatically.')).toBeVisible()
    await button('I agree and want to take part').click()
    await button('Start with the first pair').click()
    await press('ArrowLeft', 'ArrowUp')
    await expect.element(heading('Thank you')).toBeVisible()
    await expect.element(sent()).not.toBeInTheDocument()
    const file = await downloaded(() => button('Save answers file').click())
    expect(file.name).toMatch(
      /^jumppad-answers-Which-way-to-the-left-labeller-3-[0-9a-f]{4}\.jsonl$/,
    )
    await expect
      .element(page.getByRole('status', { name: 'Answers file' }))
      .toHaveTextContent(/^Saved .*, with 2 answers, to your downloads. You still need to send/)
    const { messages } = decodeAnswersFile(await file.text())
    expect((await logOf(study, messages)).sittings[0]?.log).toHaveLength(2)
  })

  it('ends with a withdrawal, which keeps the answers in this browser', async () => {
    const study = short(3)
    await openPairs(study)
    await press('ArrowLeft')
    await expect.element(sent()).toHaveTextContent('1 of 1 sent')
    takeCollectorAway()
    await press('ArrowLeft')
    await button('Withdraw from the study').click()
    await button(/^Withdraw now/).click()
    await expect.element(heading('You have withdrawn')).toHaveFocus()
    await expect.element(page.getByText('Your withdrawal has not been sent yet')).toBeVisible()
    bringCollectorBack()
    await leavePage()
    await reload()
    await expect.element(page.getByText('collector has received your withdrawal')).toBeVisible()
    const { sittings } = await logOf(study)
    expect(sittings.map(({ withdrawn, log }) => [withdrawn, log.length])).toEqual([[true, 1]])
    const { records } = await readLabels(await labDatabase())
    expect(records).toHaveLength(2)
  })
})

it('lets the researcher try a study, without saving or sending anything', async () => {
  const study = short(2)
  const at = new Date().toISOString()
  const entry = {
    id: study.id,
    version: STUDY_RECORD_VERSION,
    study,
    createdAt: at,
    changedAt: at,
  } as const
  await saveStudy(await labDatabase(), { ...entry, access: COLLECTOR }, undefined)
  await open(`#/label?try=${study.id}`)
  await expect.element(page.getByText('Trial: nothing is saved or sent.')).toBeVisible()
  await button('I agree and want to take part').click()
  await button('Start with the first pair').click()
  await press('ArrowLeft', 'ArrowLeft')
  await expect.element(heading('Thank you')).toBeVisible()
  await leavePage()
  const database = await labDatabase()
  expect((await readLabels(database)).records).toEqual([])
  expect((await readSittings(database)).records).toEqual([])
  expect(published()).toEqual([])
})
