import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { z } from 'zod'
import { currentLabels } from '../../alignment/labels/index.ts'
import { measureEpisode } from '../../evaluation/measures.ts'
import { HOME_MAP, islandNamed } from '../../island/index.ts'
import { sha256Of } from '../../lab/models/sha256.ts'
import { type Archive, decodeArchive, readSetting } from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'
import { shelve } from '../data/shelf.ts'
import { addressOf } from '../data/site.ts'
import { addressOf as addressOfIsland } from '../stores/island-choice.ts'
import { labelAddress } from '../stores/label-link.ts'
import { usePreferences } from '../stores/preferences.ts'
import {
  deleteDatabase,
  emptyDisk,
  fillDisk,
  forbidDatabase,
  forgetDatabase,
  holdOlderDatabase,
  holdTimers,
  leavePage,
} from '../testing/database.ts'
import { bytesOf, downloaded } from '../testing/downloads.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { failWorker, limitClips } from '../testing/fake-workers.ts'
import { answerBy, letBeSeen, press } from '../testing/label.ts'
import { open, overhang, prefer, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { drawnOn, moves } from '../testing/pictures.ts'
import { serveAsBefore, serveMissing } from '../testing/served.ts'
import { tap, useTouchScreen } from '../testing/touch.ts'
import { RETRY_MS } from './outbox.ts'
import { useDesk } from './store.ts'
import { DEFAULT_KEYS, useView } from './view.ts'

// Tests of the labelling desk as visitors use it, by keys, roles and labels, with clips of scripted
// players, on the map.

beforeEach(() => {
  // That many are enough for more than eight pairs, and are stored quickly.
  limitClips(32)
  // Other tests may have left other settings.
  useView.setState(useView.getInitialState(), true)
  usePreferences.setState(usePreferences.getInitialState(), true)
})

afterEach(async () => {
  limitClips()
  await forgetDatabase()
})

/** Reads which session the desk resumes after a reload. */
const keptSession = async () => readSetting(await labDatabase(), 'labelling', z.unknown())
const button = (name: string) => page.getByRole('button', { name, exact: true })
const alert = () => page.getByRole('alert')
const clip = (side: 'Left' | 'Right') => page.getByRole('img', { name: `${side} clip` })
const savedLabels = () => page.getByRole('status', { name: 'Saved labels' })
const expectSaved = (count: number) =>
  expect.element(savedLabels()).toHaveTextContent(new RegExp(`^${count}$`))

/** Opens the desk with clips of the smallest agent, and waits for the first pair. */
async function openDesk(): Promise<void> {
  await open('#/label?model=nano')
  await expect.element(clip('Left')).toBeVisible()
}

/** Opens the desk and begins a session with Enter. */
async function beginLabelling(): Promise<void> {
  await openDesk()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: 'Progress' })).toBeVisible()
}

/** Waits for `count` clips, after which every answer brings the next pair on even the slowest machine. */
async function expectClips(count: number): Promise<void> {
  await expect.poll(() => useDesk.getState().clips).toBe(count)
}

/** Presses keys as `press` does, and waits until all answers are saved. */
async function answer(...keys: readonly string[]): Promise<void> {
  const before = Number(savedLabels().element().textContent)
  await press(...keys)
  await expectSaved(before + keys.length)
}

/** Clicks within the current task, however slow the machine is. */
function clickAtOnce(name: string): void {
  const found = button(name).element()
  if (found instanceof HTMLElement) found.click()
}

function exportedFile(): Promise<File> {
  return downloaded(() => button('Export labels').click())
}

async function exportedLabels(): Promise<Archive['labels']> {
  return decodeArchive(await bytesOf(await exportedFile())).labels
}

/** Returns the rectangles, in pixels, of the parts of the desk that must never move. */
function places(): unknown[] {
  const parts = [
    clip('Left'),
    clip('Right'),
    button('Left'),
    button('Right'),
    button('Export labels'),
    page.getByRole('heading', { level: 2, name: /Which goes/ }),
  ]
  return parts.map((part) => part.element().getBoundingClientRect().toJSON())
}

const agentField = () => page.getByRole('combobox', { name: 'Agent whose clips are compared' })
const desk = () => page.getByRole('region', { name: 'Labelling desk' })

/** Returns the canvas of a clip on the map. */
function film(side: 'Left' | 'Right'): Locator {
  const canvas = clip(side).element().querySelector('canvas')
  if (!canvas) throw new Error(`The ${side.toLowerCase()} clip is drawn on no map.`)
  return page.elementLocator(canvas)
}

describe('answers', () => {
  it('work with keys alone, fifty of them: nothing moves, no focus is lost, and a session resumes', async () => {
    limitClips(128)
    await beginLabelling()
    await expectSaved(0)
    const before = places()
    await expectClips(128)
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft']
    for (let pair = 0; pair < 50; pair += 10) {
      await press(...Array.from({ length: 10 }, (_, n) => keys[(pair + n) % keys.length] ?? ''))
      await expectSaved(pair + 10)
      await expect.element(desk()).toHaveFocus()
      expect(places()).toEqual(before)
    }
    await expect.element(page.getByText('You reached the goal of 50')).toBeVisible()
    const labels = await exportedLabels()
    expect(labels).toHaveLength(50)
    expect(labels.filter(({ kind }) => kind === 're-show').length).toBeGreaterThanOrEqual(3)

    await leavePage()
    await reload()
    await expect.element(clip('Left')).toBeVisible()
    await expectSaved(50)
    await expect.element(page.getByText('Pair 51, goal of 50 reached')).toBeVisible()
  })

  it('are reported as too quick when nobody could have looked at the pair', async () => {
    limitClips(64)
    await beginLabelling()
    await expectClips(64)
    const warning = page.getByText(/of the last 20 answers took less than 0\.7 seconds/)
    const click = (name: string) => answerBy(() => clickAtOnce(name))
    for (let pair = 0; pair < 19; pair++) await click(pair % 2 === 0 ? 'Left' : 'Right')
    await expectSaved(19)
    await expect.element(warning).not.toBeInTheDocument()
    await click('Right')
    await expect.element(warning).toBeVisible()
  })

  it('count only for a pair that was seen: one gesture answers one pair', async () => {
    await beginLabelling()
    await answer('ArrowLeft')
    const twice = {
      'a double click': () => button('Left').dblClick(),
      'two clicks in one task': () => {
        clickAtOnce('Left')
        clickAtOnce('Left')
      },
      'two presses of a bouncing key': () => {
        for (let n = 0; n < 2; n++) {
          window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }))
        }
      },
      'a double tap': () => tap(button('Right'), 2),
    }
    await useTouchScreen()
    for (const gesture of Object.values(twice)) {
      await answerBy(gesture)
    }
    const labels = await exportedLabels()
    expect(labels).toHaveLength(5)
    for (const { responseMs } of labels) expect(responseMs).toBeGreaterThanOrEqual(100)
  })

  it('start no session: an arrow key pressed after the session ends stores nothing', async () => {
    await beginLabelling()
    await answer('ArrowLeft', 'ArrowRight')
    await button('End this session').click()
    await expect.element(page.getByText('Press Enter to start')).toBeVisible()
    await letBeSeen()
    await userEvent.keyboard('{ArrowLeft}')
    clickAtOnce('Right')
    await expect
      .element(page.getByRole('status', { name: 'Current pair' }))
      .toHaveTextContent('The session has not started. Press Enter to start.')
    expect(useDesk.getState().begun).toBe(false)
    expect(await exportedLabels()).toHaveLength(2)
    await button('Start session').click()
    await answer('ArrowLeft')
    expect(await exportedLabels()).toHaveLength(3)
  })

  it('can be undone and changed, in the log but not in the count', async () => {
    await beginLabelling()
    await answer('ArrowLeft', 'ArrowUp', 'ArrowRight')
    await userEvent.keyboard('{Backspace}{Backspace}')
    await expect.element(page.getByText(/Pair 2 again: you answered Tie/)).toBeVisible()
    await press('ArrowDown')
    await expect.element(page.getByText('Pair 4 of')).toBeVisible()
    await button('Change pair 1').click()
    await press('ArrowUp')
    await expect.element(page.getByText('saved', { exact: true })).toBeVisible()
    await expectSaved(3)
    // A pair that is looked at again can be left by a button, whose focus goes to the desk.
    await button('Change pair 1').click()
    await button('Continue (Esc)').click()
    await expect.element(page.getByText('Pair 4 of')).toBeVisible()
    await expect.element(desk()).toHaveFocus()
    const labels = await exportedLabels()
    expect(labels).toHaveLength(5)
    expect(
      currentLabels(labels)
        .map(({ verdict }) => verdict)
        .slice(0, 2),
    ).toEqual(['tie', 'cannot tell'])
  })

  it('can be given by touch on a telephone, where everything fits', async () => {
    await useTouchScreen()
    await resizeWindow(TELEPHONE)
    await beginLabelling()
    await expect.poll(overhang).toBeLessThanOrEqual(0)
    await answerBy(() => tap(button('Right')))
    await expectSaved(1)
    await expect
      .element(page.getByRole('region', { name: 'Recent labels' }).getByRole('listitem'))
      .toHaveTextContent(/^1Right/)
    for (const name of ['Left', 'Tie', 'Can’t tell', 'Right']) {
      const { top, bottom } = button(name).element().getBoundingClientRect()
      expect(top).toBeGreaterThanOrEqual(0)
      expect(bottom).toBeLessThanOrEqual(TELEPHONE.height)
    }
    await expectLargeControls()
  })
})

describe('a link', () => {
  it('starts a separate session in each browser, with distinguishable labellers', async () => {
    const link = '9d1f6a50-8a53-4f0e-8a9f-0c5bb3d1a2c3'
    const address = `#/label?model=nano&session=${link}&goal=10&wanted=left`
    await open(address)
    await press('ArrowLeft', 'ArrowRight')
    await expectSaved(2)
    // The same browser resumes the session.
    await leavePage()
    await reload()
    await press('ArrowLeft')
    await expectSaved(3)
    const mine = await exportedFile()

    await forgetDatabase()
    await open(address)
    await press('ArrowRight', 'ArrowLeft')
    await expectSaved(2)
    await userEvent.upload(page.getByLabelText('Label files'), mine)
    await expect.element(page.getByText(/: 3 labels and \d+ clips? added/)).toBeVisible()
    const { labels, sessions } = decodeArchive(await bytesOf(await exportedFile()))
    expect(labels).toHaveLength(5)
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(2)
    expect(sessions.map(({ id }) => id)).not.toContain(link)
    const names = [...new Set(labels.map(({ labeller }) => labeller))]
    expect(names).toEqual([
      expect.stringMatching(/^labeller-[a-z0-9]{7}$/),
      expect.stringMatching(/^labeller-[a-z0-9]{7}$/),
    ])
    // Both were asked the same pairs, so they can be compared, but not while one of them is labelling.
    await button('End this session').click()
    await page.getByText('Labellers in this browser').click()
    await expect.element(page.getByText(/\(2 pairs\)/).first()).toBeVisible()
  })

  it('that cannot be read says so, and leaves the visitor their own desk', async () => {
    await open('#/label?model=nano&session=7&goal=5000&wanted=left')
    await expect
      .element(alert())
      .toHaveTextContent(/“session” is “7”, expected a UUID; “goal” is “5000”, expected a whole/)
    await expect.element(page.getByRole('heading', { name: 'New session' })).toBeVisible()
    await button('Dismiss').click()
    await expect.element(alert()).not.toBeInTheDocument()
    await expect.element(desk()).toHaveFocus()
  })

  it('to pairs like one that a reward model got wrong scores the clips again on request', async () => {
    limitClips(128)
    serveMissing('reward-left.onnx')
    const link = '9d1f6a50-8a53-4f0e-8a9f-0c5bb3d1a2c4'
    const asked = { link, goal: 5, reward: 'reward-left', question: 'Which is better?' }
    await open(labelAddress({ ...asked, endings: ['left', 'none'] }, 'nano'))
    await expect.element(alert()).toHaveTextContent(/reward-left/)
    await expectClips(128)
    serveAsBefore('reward-left.onnx')
    await button('Try again').click()
    await expect.element(clip('Left')).toBeVisible()
    await expect.element(page.getByText(/could not be updated/)).not.toBeInTheDocument()
  })
})

describe('the agent and the island of the address', () => {
  it('are followed while a session is set up, but not once it has begun', async () => {
    await openDesk()
    await page.getByText('Goal, clips and pairs').click()
    await page.getByLabelText('Goal (pairs)').fill('7')
    location.hash = '#/label?model=base&island=fourth'
    await expect.element(agentField()).toHaveValue('base')
    await expect.element(page.getByLabelText('Island')).toHaveDisplayValue('A fourth jumppad')
    location.hash = '#/label?model=file-deadbeef&island=fourth'
    await expect.element(alert()).toHaveTextContent('There is no agent “file-deadbeef”')
    await expect.element(agentField()).toHaveValue('base')
    location.hash = '#/label?model=nano&island=fourth'
    await expect.element(agentField()).toHaveValue('nano')
    await expect.element(alert()).not.toBeInTheDocument()
    await button('Start session').click()
    location.hash = '#/label?model=base'
    const kept = page.getByText(
      /^Your session about another agent is not finished, so it continues/,
    )
    await expect.element(kept).toBeVisible()
    expect(useDesk.getState()).toMatchObject({ begun: true, session: { goal: 7 } })
    await expect.poll(keptSession).toEqual({ session: useDesk.getState().session?.id })
    // A reload resumes it, and still says so, until it is ended.
    await reload()
    await expect.element(kept).toBeVisible()
    await button('End this session').click()
    await expect.element(kept).not.toBeInTheDocument()
    await page.getByText('Goal, clips and pairs').click()
    await expect.element(agentField()).toHaveValue('base')
    await expect.element(page.getByLabelText('Island')).toHaveDisplayValue('The first island')
  })
})

it('says beside the pairs why the choice of new ones could not be updated', async () => {
  await beginLabelling()
  useDesk.setState({ learnProblem: 'The labelling worker ended.' })
  await expect
    .element(page.getByText('could not be updated: The labelling worker ended. It is tried again'))
    .toBeVisible()
  await expect.element(clip('Left')).toBeVisible()
})

it('ends a session also where the list of agents cannot be loaded', async () => {
  await beginLabelling()
  await answer('ArrowLeft')
  await leavePage()
  serveMissing('manifest.json')
  await reload()
  await expect.element(clip('Left')).toBeVisible()
  await button('End this session').click()
  await expect.element(page.getByText(/^Session ended: 1 pair answered/)).toBeVisible()
  await expect.element(button('Start session')).toHaveFocus()
  expect(await keptSession()).toEqual({ session: null })
})

it('asks about a style with clips that differ in it, and is found by it in the export', async () => {
  limitClips(128)
  await openDesk()
  await userEvent.click(page.getByRole('combobox', { name: 'Question' }))
  await page.getByRole('option', { name: 'Which arrives and moves slower?' }).click()
  await page.getByText('Goal, clips and pairs').click()
  await expect.element(page.getByLabelText('Pair selection')).toHaveValue('telling')
  await button('Start session').click()
  await expect.element(page.getByText(/differ in this style/)).toBeVisible()
  await expectClips(128)
  await answer('ArrowLeft', 'ArrowRight', 'ArrowLeft', 'ArrowLeft')
  const { clips, labels } = decodeArchive(await bytesOf(await exportedFile()))
  expect(labels.map(({ rule }) => rule)).toEqual(Array(4).fill('telling'))
  // The clips are some of the first 128, in pairs of one that is among the slowest third and one of the fastest.
  const paceOf = (id: string) => {
    const found = clips.find((each) => each.id === id)
    return found && found.ending !== 'none' ? measureEpisode(found).pace : undefined
  }
  const paces = labels.map(({ first, second }) => [paceOf(first), paceOf(second)] as const)
  const both = paces.flatMap(([a, b]) => (a === undefined || b === undefined ? [] : [[a, b]]))
  const slowest = both.map((pair) => Math.min(...pair))
  const fastest = both.map((pair) => Math.max(...pair))
  // In one pair in ten a clip does not arrive.
  expect(both.length).toBeGreaterThanOrEqual(2)
  expect(Math.max(...slowest)).toBeLessThan(Math.min(...fastest))
})

describe('another island', () => {
  it('is chosen for a session, whose clips, labels and export are from there', async () => {
    await openDesk()
    await expectClips(32)
    await page.getByText('Goal, clips and pairs').click()
    await page.getByLabelText('Island').selectOptions('A fourth jumppad')
    await expect.element(page.getByText('Clips are from another island')).toBeVisible()
    const question = page.getByRole('combobox', { name: 'Question' })
    await userEvent.click(question)
    await page.getByRole('option', { name: /far left/ }).click()
    await expectClips(32)
    await button('Start session').click()
    await answer('ArrowLeft', 'ArrowRight')
    const { sessions, clips, labels } = decodeArchive(await bytesOf(await exportedFile()))
    expect(labels).toHaveLength(2)
    expect(sessions.map(({ island }) => island?.title)).toEqual(['A fourth jumppad'])
    const { map } = islandNamed('fourth') ?? {}
    expect(clips.map(({ island }) => island)).toEqual(clips.map(() => map))
    // The session, and with it the island, resumes; its clips are not played again.
    limitClips(0)
    await reload()
    await expect.element(clip('Left')).toBeVisible()
    expect(useDesk.getState().session?.island?.title).toBe('A fourth jumppad')
    await expectClips(32)
    // A link that asks for another island does not end it.
    await open('#/label?model=nano&island=longer')
    await expect
      .element(page.getByText(/Your session on “A fourth jumppad” is not finished/))
      .toBeVisible()
  })

  it('can be in the address, also one that was drawn; one that cannot be played on says so', async () => {
    const island = { title: 'Mine', about: 'For a test.', map: { ...HOME_MAP, obstacles: [] } }
    await open(`#/label?model=nano&island=${addressOfIsland(island)}`)
    await expect.element(clip('Left')).toBeVisible()
    await expect.element(page.getByText('Clips are from another island: “Mine”')).toBeVisible()
    // A session that was begun there goes on without a word.
    await button('Start session').click()
    await expect.poll(keptSession).toEqual({ session: useDesk.getState().session?.id })
    await reload()
    await expect.element(page.getByRole('heading', { name: 'Progress' })).toBeVisible()
    await expect.element(clip('Left')).toBeVisible()
    await expect.element(page.getByText(/is not finished/)).not.toBeInTheDocument()
    await button('End this session').click()
    const broken = { ...island, map: { ...island.map, jumppads: [] } }
    await open(`#/label?model=nano&island=${addressOfIsland(broken)}`)
    await expect.element(page.getByText(/The island has no jumppads/)).toBeVisible()
    await expect.element(page.getByText(/The first island is shown instead/)).toBeVisible()
  })
})

describe('a number out of range', () => {
  it('is reported, does not start a session, and leaves every answer savable', async () => {
    await openDesk()
    await page.getByText('Goal, clips and pairs').click()
    const field = page.getByLabelText('Repeat one pair in')
    await userEvent.fill(field, '5000')
    await expect.element(page.getByText(/from 0 to 1,000; 10 is used until then/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('heading', { name: 'New session' })).toBeVisible()
    await userEvent.fill(field, '20')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('heading', { name: 'Progress' })).toBeVisible()
    await press('ArrowLeft')
    await expectSaved(1)
    const { sessions } = decodeArchive(await bytesOf(await exportedFile()))
    expect(sessions.map(({ settings }) => settings.reShowEvery)).toEqual([20])
  })
})

it('asks a question that is chosen from a list by keyboard, or typed', async () => {
  await openDesk()
  const field = page.getByRole('combobox', { name: 'Question' })
  await field.click()
  const option = page.getByRole('option', { name: 'Which arrives and moves slower?' })
  await option.click()
  await expect.element(field).toHaveValue('Which arrives and moves slower?')
  // Pairs with a known answer are about a jumppad, which this question does not name.
  expect(useDesk.getState().session?.settings.golden).toBeUndefined()
  await field.fill('Which goes more directly to the middle jumppad?')
  expect(useDesk.getState().session?.settings.golden).toBe('middle')
  await field.click()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(field).toHaveValue('Which goes more directly to the left jumppad?')
  await button('Start session').click()
  const heading = page.getByRole('heading', {
    name: 'Which goes more directly to the left jumppad?',
  })
  await expect.element(heading).toBeVisible()
})

describe('stored data', () => {
  it('is imported into another browser from a file, exactly once, unless the file is damaged', async () => {
    await beginLabelling()
    await answer('ArrowLeft', 'ArrowRight')
    const file = await exportedFile()
    await forgetDatabase()
    await openDesk()
    await expectSaved(0)
    const files = page.getByLabelText('Label files')
    await userEvent.upload(files, file)
    await expect.element(page.getByText(/: 2 labels and \d+ clips? added/)).toBeVisible()
    await expectSaved(2)
    await userEvent.upload(files, file)
    await expect.element(page.getByText(/0 labels and 0 clips added/)).toBeVisible()
    const bytes = await bytesOf(file)
    await userEvent.upload(files, new File([bytes.subarray(0, -60)], 'cut.jsonl'))
    await expect.element(alert()).toHaveTextContent('cut.jsonl: The label file cannot be read')
    await expectSaved(2)
  })

  it('stays in memory while the disk is full, with a warning, and is saved once there is room', async () => {
    holdTimers(RETRY_MS)
    await beginLabelling()
    await answer('ArrowLeft')
    fillDisk()
    await press('ArrowRight', 'ArrowUp')
    await expect
      .element(alert())
      .toHaveTextContent(/Nothing was saved: .* is full.*2 answers are kept/)
    await expectSaved(1)
    // An export has the unsaved ones too.
    expect(await exportedLabels()).toHaveLength(3)
    emptyDisk()
    await button('Try again').click()
    await expectSaved(3)
    await expect.element(alert()).not.toBeInTheDocument()
    await expect.element(desk()).toHaveFocus()
  })

  it('stays with the desk when its page is left and opened again while the disk is full', async () => {
    holdTimers(RETRY_MS)
    await beginLabelling()
    await answer('ArrowLeft')
    fillDisk()
    await press('ArrowRight')
    await expect.element(alert()).toHaveTextContent('One answer is kept in this tab')
    await page.getByRole('link', { name: 'Overview' }).click()
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.getByRole('link', { name: 'Label', exact: true }).click()
    await expect.element(page.getByText('Pair 3 of')).toBeVisible()
    await expect.element(alert()).toHaveTextContent('One answer is kept in this tab')
    await expectSaved(1)
    expect(await exportedLabels()).toHaveLength(2)
    emptyDisk()
    await button('Try again').click()
    await expectSaved(2)
    await answer('ArrowUp')
    await expectSaved(3)
  })

  it('is restored from memory when the database is cleared while the page is open', async () => {
    await beginLabelling()
    await answer('ArrowLeft', 'ArrowRight')
    await deleteDatabase()
    await press('ArrowUp')
    await expect.element(alert()).toHaveTextContent('was cleared while it was open')
    await expectSaved(3)
    expect(await exportedLabels()).toHaveLength(3)
  })

  it('can be corrected, and the correction saved, right after the database was cleared', async () => {
    await beginLabelling()
    await answer('ArrowLeft', 'ArrowRight')
    await deleteDatabase()
    await userEvent.keyboard('{Backspace}')
    await expect.element(page.getByText('Pair 2 again: you answered')).toBeVisible()
    await press('ArrowUp')
    await expect.element(alert()).toHaveTextContent('was cleared while it was open')
    await expect.element(page.getByText('saved', { exact: true })).toBeVisible()
    // A reloaded page reads what the disk has.
    await leavePage()
    await reload()
    await expectSaved(2)
    const labels = await exportedLabels()
    expect(labels).toHaveLength(3)
    expect(currentLabels(labels).map(({ verdict }) => verdict)[1]).toBe('tie')
  })
})

describe('without a database, the desk works in memory, says so, and exports', () => {
  it.each([
    ['in a private window', async () => forbidDatabase(), 'does not store data for this page'],
    [
      'beside an older tab',
      holdOlderDatabase,
      'Another tab has the saved labels open in an older format',
    ],
  ])('%s', async (_, withhold, sentence) => {
    await withhold()
    await beginLabelling()
    await press('ArrowLeft', 'ArrowRight')
    await expect.element(alert()).toHaveTextContent(sentence)
    await expect.element(alert()).toHaveTextContent('2 answers are kept in this tab')
    expect(await exportedLabels()).toHaveLength(2)
    await expectSaved(0)
  })
})

describe('clips', () => {
  it('are described in words, and with reduced motion stand still until they are played', async () => {
    await prefer({ motion: 'reduce' })
    await openDesk()
    // Checked immediately, since every clip stands still at its end.
    expect(button('Pause').query()).toBeNull()
    await expect.element(button('Play')).toBeVisible()
    await expect
      .element(clip('Left'))
      .toHaveAccessibleDescription(/^Starts at the north-|^Starts at the south-/)
    await expect.element(clip('Right')).toHaveAccessibleDescription(/after \d+\.\d seconds\.$/)
    const empty = document.createElement('canvas').toDataURL()
    await expect.poll(() => drawnOn(film('Left'))).not.toBe(empty)
    expect(await moves(film('Left'))).toBe(false)
    // At a low frame rate a clip may be over before the check; at a high one, the agent may not have set
    // off within the first frames.
    const replayed = async () => {
      await button('Replay').click()
      return moves(film('Left'), 120)
    }
    await expect.poll(replayed).toBe(true)
  })

  it('continue after their worker is terminated until they run out, and then come from a new worker', async () => {
    limitClips(16)
    await beginLabelling()
    failWorker('labelling', 'The browser stopped the labelling worker.')
    let answered = 0
    while (clip('Left').query()) {
      await expect.element(alert()).not.toBeInTheDocument()
      await answer('ArrowLeft')
      answered++
    }
    expect(answered).toBeGreaterThan(0)
    await expect.element(alert()).toHaveTextContent('The browser stopped the labelling worker.')
    limitClips(32)
    await button('Try again').click()
    await expect.element(clip('Left')).toBeVisible()
    await expect.element(alert()).not.toBeInTheDocument()
    await expectSaved(answered)
    await answer('ArrowRight')
  })
})

it('compares clips of the visitor’s own model', async () => {
  const model = new Uint8Array(await (await fetch(addressOf('nano.onnx'))).arrayBuffer())
  // A changed weight makes it another model than the shipped one.
  const middle = model.length >> 1
  model[middle] = 1 ^ (model[middle] ?? 0)
  await shelve(new File([model], 'mine.onnx'))
  await openDesk()
  await page.getByText('Goal, clips and pairs').click()
  await agentField().selectOptions('mine')
  await expectClips(32)
  await button('Start session').click()
  await answer('ArrowLeft')
  const { sessions } = await decodeArchive(await bytesOf(await exportedFile()))
  const digest = await sha256Of(model)
  expect(sessions.map(({ policy }) => policy)).toEqual([{ file: 'mine.onnx', digest }])
})

it('allows letter and digit keys to be changed and turned off', async () => {
  const speed = (times: number) => expect.element(button(`Speed ${times}×`))
  await beginLabelling()
  await userEvent.keyboard('3')
  await speed(3).toHaveAttribute('aria-pressed', 'true')
  await userEvent.keyboard('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await dialog.getByLabelText('Key: Speed 2×').fill('x')
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await userEvent.keyboard('x')
  await speed(2).toHaveAttribute('aria-pressed', 'true')
  await button('Keyboard shortcuts').click()
  await dialog.getByRole('switch').click()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await userEvent.keyboard('1')
  await answer('ArrowLeft')
  await speed(2).toHaveAttribute('aria-pressed', 'true')
  // The button that resets the keys has nothing to do afterwards, but keeps the focus.
  await button('Keyboard shortcuts').click()
  await dialog.getByRole('button', { name: 'Reset' }).click()
  await expect.element(dialog.getByRole('button', { name: 'Reset' })).toHaveFocus()
  expect(useView.getState().keys).toBe(DEFAULT_KEYS)
})
