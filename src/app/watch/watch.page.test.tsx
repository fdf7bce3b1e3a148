import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { HOME_MAP } from '../../island/index.ts'
import { islandText } from '../../procedure/island-file.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { failWorker } from '../testing/fake-workers.ts'
import { overhang, prefer, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { moves } from '../testing/pictures.ts'
import { holdBack, serve, serveAsBefore, serveMissing } from '../testing/served.ts'
import {
  button,
  decisionCount,
  decisions,
  expectToStandAt,
  leaveControls,
  openWatch,
  pause,
  waitForDecisions,
  watch,
} from '../testing/watch.ts'

// The Watch page as visitors get it, driven by roles and labels. From seed 11 the scripted agent
// reaches no jumppad, so the episode is the longest there is; nano is the smallest file to open.

const alert = () => page.getByRole('alert')
const seed = () => page.getByRole('textbox', { name: 'Seed' })
const agent = () => page.getByRole('combobox', { name: 'Agent 1' })
const address = () => location.hash

describe('the page', () => {
  it('pauses, resumes, restarts and advances to the next seed, with buttons and with keys', async () => {
    await watch('?model=nano&seed=11')
    await expectToStandAt(await pause())

    await button('Restart').click()
    await expect.element(decisions()).toHaveTextContent(/^0$/)
    await button('Play').click()
    await waitForDecisions(2)

    await leaveControls()
    await userEvent.keyboard(' ')
    await expect.element(button('Play')).toBeVisible()
    await expectToStandAt(decisionCount())
    await userEvent.keyboard('n')
    await expect.element(seed()).toHaveValue('12')
    await expect.poll(address).toMatch(/seed=12/)
    await expect.element(decisions()).toHaveTextContent(/^0$/)
  })

  it('keeps seed, stage and speed in the address', async () => {
    await watch('?model=nano&seed=11&speed=0.5')
    await agent().selectOptions('fine-tuned')
    await expect.poll(address).toMatch(/model=fine-tuned/)
    await seed().fill('12')
    await expect.poll(address).toMatch(/seed=12/)
    await reload()
    await waitForDecisions(1)
    await expect.element(seed()).toHaveValue('12')
    await expect.element(agent()).toHaveValue('fine-tuned')
    await expect.element(page.getByRole('radio', { name: '½×' })).toBeChecked()
  })

  it('counts how an episode ended and reports it', async () => {
    await watch('?seed=7&speed=4&camera=map')
    const outcomes = page.getByRole('table', { name: 'Outcomes of Base' })
    await expect.element(outcomes).toBeVisible()
    await expect.element(outcomes.getByText('1 episode', { exact: true })).toBeVisible()
    await expect
      .element(page.getByRole('status', { name: 'Announcements' }))
      .toHaveTextContent(/Reached (the|no) /)
    const counts = outcomes
      .getByRole('row')
      .elements()
      .map((row) => row.textContent)
    expect(counts.filter((text) => /^(None|Left|Middle|Right)1100 %$/.test(text))).toHaveLength(1)
    // The next seed starts automatically.
    await expect.poll(address).toMatch(/seed=8/)
  })

  it('changes the island under the same agent', async () => {
    await watch('?seed=7&speed=4&camera=map&start=side-platform')
    const island = page.getByRole('combobox', { name: 'Island to play on' })
    await expect.element(island).toHaveAccessibleDescription(/nowhere else/)
    const outcomes = page.getByRole('table', { name: 'Outcomes of Base' })
    await expect.element(outcomes.getByRole('row', { name: /^Left/ })).toBeVisible()

    await island.selectOptions('A fourth jumppad')
    await expect.poll(address).toMatch(/island=fourth/)
    await expect.element(island).toHaveAccessibleDescription(/leftmost/)
    // It has no side platform to start from, so episodes start at its spawns.
    await expect.element(page.getByRole('combobox', { name: 'Start' })).toHaveValue('spawn')
    // Outcomes of the other island are gone, and the shares that were measured there.
    await expect.element(outcomes.getByRole('row', { name: /^Far left/ })).toBeVisible()
    await expect.element(outcomes).not.toHaveTextContent('Marks: measured')
  })

  it('plays on an island from a file, which the address then carries', async () => {
    await watch('?seed=7&speed=4&camera=map')
    const map = { ...HOME_MAP, jumppads: HOME_MAP.jumppads.slice(0, 1) }
    const island = islandText({ title: 'One jumppad', about: 'Nowhere else to go.', map })
    const field = page.getByLabelText('Island file')
    await field.upload(new File(['{"format": "other"}'], 'wrong.json'))
    await expect.element(alert()).toHaveTextContent('expected the format “jumppad-island”')

    await field.upload(new File([island], 'one.json'))
    const chosen = page.getByRole('combobox', { name: 'Island to play on' })
    await expect.element(chosen).toHaveAccessibleDescription('Nowhere else to go.')
    await expect.element(alert()).not.toBeInTheDocument()
    await expect.poll(address).toMatch(/island=map\./)
    const outcomes = page.getByRole('table', { name: 'Outcomes of Base' })
    await expect.element(outcomes.getByRole('row', { name: /^Left/ })).toBeVisible()
    await expect.element(outcomes.getByRole('row', { name: /^Right/ })).not.toBeInTheDocument()
    await reload()
    await expect.element(chosen).toHaveAccessibleDescription('Nowhere else to go.')
    await chosen.selectOptions('The first island')
    await expect.poll(address).not.toMatch(/island=/)
  })

  it('says that getting lost on another island is a result', async () => {
    await watch('?model=nano&seed=11')
    const sentence = page.getByText(/that is a result, not a fault/)
    await expect.element(sentence).not.toBeInTheDocument()
    await page.getByRole('combobox', { name: 'Island to play on' }).selectOptions('A longer neck')
    await expect.element(sentence).toBeVisible()
  })

  it('says what is wrong with the island of a link', async () => {
    await watch('?island=map.AAAA')
    await expect.element(alert()).toHaveTextContent('The first island is shown instead.')
  })

  it('starts paused with reduced motion', async () => {
    await prefer({ motion: 'reduce' })
    await openWatch('?model=nano&seed=11')
    await expect.element(button('Play')).toBeEnabled()
    await expectToStandAt(0)
    await button('Play').click()
    await waitForDecisions(1)
  })

  it('hands the gamepad to the visitor at the start where a link asks for it, also with reduced motion', async () => {
    await prefer({ motion: 'reduce' })
    await openWatch('?seed=11&hands=own')
    await expect.element(button('Hand back')).toBeVisible()
    await expect.poll(() => location.hash).not.toMatch(/hands=/)
  })

  it('turns off single-letter shortcuts', async () => {
    // Slow playback: at the end of the episode the seed changes by itself.
    await watch('?model=nano&seed=11&speed=0.25')
    await button('Keyboard shortcuts').click()
    await page.getByRole('switch', { name: 'Single-letter shortcuts' }).click()
    await userEvent.keyboard('{Escape}')
    await leaveControls()
    await userEvent.keyboard('n')
    await userEvent.keyboard(' ')
    await expect.element(button('Play')).toBeVisible()
    expect(address()).toMatch(/seed=11/)
  })

  it('fits a telephone without scrolling sideways', async () => {
    await resizeWindow(TELEPHONE)
    await watch()
    await expect.poll(overhang).toBeLessThanOrEqual(0)
    await expectLargeControls()
  })

  it('shows the map view without WebGL', async () => {
    await watch()
    await expect.element(page.getByText(/does not support WebGL/)).toBeVisible()
    await expect.element(page.getByRole('img', { name: /Map of the island/ }).first()).toBeVisible()
  })
})

it('plays a recording until the agent has loaded, and counts nothing of the recording', async () => {
  const { release: arrive } = holdBack('models/nano.onnx')
  await openWatch('?model=nano&seed=11')
  await expect.element(page.getByText('Recording', { exact: true })).toBeVisible()
  const map = page.getByRole('img', { name: /Map of the island/ }).first()
  await expect.poll(() => moves(map)).toBe(true)
  await expect.element(page.getByText('Loading the agent…')).toBeVisible()
  expect(decisionCount()).toBe(0)
  expect(address()).toMatch(/seed=11/)
  arrive()
  await waitForDecisions(1)
  await expect.element(page.getByText('Recording', { exact: true })).not.toBeInTheDocument()
  await expect.element(page.getByText('Seed 11')).toBeVisible()
})

describe('when something is missing', () => {
  it('reports that there is no list of models, and tries again', async () => {
    serveMissing('models/manifest.json')
    await openWatch()
    await expect.element(alert()).toHaveTextContent('This site has no list of models')
    serveAsBefore('models/manifest.json')
    await button('Try again').click()
    await expect.element(alert()).not.toBeInTheDocument()
    await waitForDecisions(1)
  })

  it('reports that a model is damaged', async () => {
    serve('models/base.onnx', 'not a model')
    await openWatch()
    await expect.element(alert()).toHaveTextContent(/is damaged: found SHA-256/)
  })

  it('lists the available stages when the address names another', async () => {
    await openWatch('?model=nonsense')
    await expect.element(alert()).toHaveTextContent(/no model “nonsense”.*base/)
    await agent().selectOptions('base')
    await expect.element(alert()).not.toBeInTheDocument()
    await waitForDecisions(1)
  })

  it('continues with a recording when the agent cannot act', async () => {
    serveMissing('models/base.onnx')
    await openWatch()
    await expect.element(alert()).toHaveTextContent('The model is missing: found status 404')
    await waitForDecisions(3)
    await expect.element(page.getByText('Recording', { exact: true })).toBeVisible()
  })

  it('says that an agent that cannot act is not available on another island, and waits for a human', async () => {
    serveMissing('models/base.onnx')
    await openWatch('?island=fourth')
    await expect.element(alert()).toHaveTextContent('The model is missing: found status 404')
    await expect.element(page.getByText('Not available', { exact: true })).toBeVisible()
    await expect.element(button('Play')).toBeEnabled()
    // The first island has recordings.
    serveMissing('models/base.onnx')
    await openWatch()
    await expect.element(page.getByText('Recording', { exact: true })).toBeVisible()
  })

  it('plays a recording when its worker is terminated while the agent loads', async () => {
    const { requested, release } = holdBack('nano.onnx')
    await openWatch('?model=nano')
    await requested
    failWorker('acting', 'The browser stopped the acting worker.')
    await expect.element(alert()).toHaveTextContent('The browser stopped the acting worker.')
    await waitForDecisions(2)
    await expect.element(button('Pause')).toBeEnabled()
    release()
  })

  it('reports that its worker was terminated, continues with a recording, and acts again', async () => {
    await watch('?model=nano')
    failWorker('acting', 'The browser stopped the acting worker.')
    await expect.element(alert()).toHaveTextContent('The browser stopped the acting worker.')
    await expect.element(page.getByText('Recording', { exact: true })).toBeVisible()
    await waitForDecisions(2)
    await button('Try again').click()
    await expect.element(alert()).not.toBeInTheDocument()
    await expect.element(page.getByText('Recording', { exact: true })).not.toBeInTheDocument()
    await waitForDecisions(1)
  })
})
