import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { keepAgentClip } from '../../alignment/labels/index.ts'
import { rootKey } from '../../island/index.ts'
import { sha256Of } from '../../lab/models/sha256.ts'
import { playEpisode } from '../../players/index.ts'
import { keepPlay, LabDatabase, removePlay } from '../../storage/index.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { unshelve } from '../data/shelf.ts'
import { addressOf } from '../data/site.ts'
import { useWatch } from '../stores/watch.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { open, reload } from '../testing/open.tsx'
import {
  button,
  decisionCount,
  expectToStandAt,
  leaveControls,
  pause,
  waitForDecisions,
  walkSticks,
  watch,
} from '../testing/watch.ts'

// Interactions on the Watch page: several agents at once, seeking, taking over, and the visitor's own
// files. From seed 11 the scripted agent reaches no jumppad, so the episode is the longest there is;
// nano is the smallest file to open.

const alert = () => page.getByRole('alert')
const address = () => location.hash
const maps = () => page.getByRole('img', { name: /Map of the island.* with / })

it('plays two agents from one seed, with one of them shown in detail', async () => {
  await watch('?seed=11')
  await button('Add an agent').click()
  await expect.poll(address).toMatch(/model=base%2Cfine-tuned/)
  await expect.poll(() => maps().elements()).toHaveLength(2)
  await button(/^Focus on agent 2, Fine-tuned/).click()
  await expect.element(page.getByText(/trained further on a few curated episodes/)).toBeVisible()
  await waitForDecisions(3)
  const walking = expect.stringMatching(/\+5 ahead$/)
  await expect.poll(walkSticks).toEqual([walking, walking])
  await pause()
  await button('Remove agent 1').click()
  await expect.poll(address).toMatch(/model=fine-tuned/)
  await expect.poll(() => maps().elements()).toHaveLength(1)
  await expectLargeControls()
})

it('moves back and forth through an episode', async () => {
  await watch('?model=nano&seed=11')
  await waitForDecisions(6)
  const reached = await pause()
  focus(page.getByRole('slider', { name: 'Moment of the episode' }).element())
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
  await expect.poll(decisionCount).toBe(reached - 2)
  const pressed = walkSticks()
  expect(pressed).toHaveLength(1)
  await button('One decision forward').click()
  await expect.poll(decisionCount).toBe(reached - 1)
  await expect.poll(walkSticks).not.toEqual(pressed)
  await button('One decision back').click()
  await expect.poll(decisionCount).toBe(reached - 2)
  await expect.poll(walkSticks).toEqual(pressed)
  await button('Play').click()
  await waitForDecisions(reached + 2)
})

it('a link hands the gamepad to the visitor, once, also on another island', async () => {
  await watch('?seed=11&island=fourth&hands=own')
  await expect.element(button('Hand back')).toBeVisible()
  await expect.poll(address).not.toMatch(/hands=/)
  await userEvent.keyboard('{Escape}')
  await expect.element(button('Take over')).toBeVisible()
  await button('Take over').click()
  await expect.element(button('Hand back')).toBeVisible()
})

it('keeps what is played on another island, and replays it there', async () => {
  await watch('?model=nano&seed=11&island=fourth')
  await leaveControls()
  await userEvent.keyboard('t')
  // Only what somebody has decided is kept.
  await userEvent.keyboard('{s>}')
  await expect.poll(walkSticks).toEqual(['Walk stick: 0 across, -5 ahead'])
  await userEvent.keyboard('{/s}{Escape}')
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('4×').click()
  await expect.element(page.getByText(/Your play is saved in this browser/).first()).toBeVisible()
  await open('#/watch?model=nano&seed=12')
  await page.getByText('Your plays').click()
  await expect.element(page.getByText(/by you · .* · A fourth jumppad/)).toBeVisible()
  await page.getByRole('link', { name: /Replay your play/ }).click()
  await expect.element(page.getByText(/A saved play, played again/)).toBeVisible()
  await expect.poll(address).toMatch(/island=fourth/)
  await waitForDecisions(2)
  await button(/Delete your play/).click()
  await button(/Confirm deletion/).click()
})

it('a link leads to exactly this moment', async () => {
  // Slow playback, so that neither agent gets ahead of the other even on a slow machine.
  await watch('?seed=11&speed=0.25&model=base,fine-tuned')
  await waitForDecisions(3)
  const at = await pause()
  const sticks = walkSticks()
  expect(sticks).toHaveLength(2)
  await open(await copiedLink())
  await expect.poll(decisionCount).toBe(at)
  await expect.element(button('Play')).toBeEnabled()
  await expectToStandAt(at)
  expect(walkSticks()).toEqual(sticks)
})

it('a link includes a human’s actions', async () => {
  await watch('?model=nano&seed=11')
  await leaveControls()
  await userEvent.keyboard('t')
  await userEvent.keyboard('{s>}')
  await expect.poll(walkSticks).toEqual(['Walk stick: 0 across, -5 ahead'])
  const at = await pause()
  await userEvent.keyboard('{/s}')
  await open(await copiedLink())
  await expect.poll(decisionCount).toBe(at)
  expect(walkSticks()).toEqual(['Walk stick: 0 across, -5 ahead'])
  await expect.element(page.getByText('You', { exact: true })).toBeVisible()
})

it('takes over by keyboard, hands back control, and keeps the play', async () => {
  await watch('?model=nano&seed=11&speed=0.5')
  const howToPlay = page.getByRole('region', { name: 'How to play' })
  const you = page.getByText('You', { exact: true })
  await leaveControls()
  await userEvent.keyboard('t')
  await expect.element(howToPlay).toBeVisible()
  await userEvent.keyboard('{s>}')
  await expect
    .element(page.getByRole('img', { name: 'Walk stick: 0 across, -5 ahead' }))
    .toBeVisible()
  await expect.element(you).toBeVisible()
  await userEvent.keyboard('{/s}')
  await expect
    .element(page.getByRole('img', { name: 'Walk stick: 0 across, 0 ahead' }))
    .toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(howToPlay).not.toBeInTheDocument()
  await expect.element(you).not.toBeInTheDocument()
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('4×').click()
  await expect.element(page.getByText(/Your play is saved in this browser/).first()).toBeVisible()
  // Playback is paused, because the visitor chooses what comes next.
  await expect.element(button('Play')).toBeVisible()
  await expect
    .element(page.getByRole('table', { name: 'Outcomes of Base' }))
    .not.toBeInTheDocument()

  await page.getByText('Your plays').click()
  const demonstration = page.getByRole('switch', { name: /Use as a demonstration/ })
  await demonstration.click()
  // The switch changes only after the change is saved on disk.
  await expect.element(demonstration).toBeChecked()
  await reload()
  await page.getByText('Your plays').click()
  await expect.element(demonstration).toBeChecked()
  // Fast playback could be over before it is seen.
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('¼×').click()
  const replay = page.getByRole('link', { name: /Replay your play/ })
  await replay.click()
  await expect.element(page.getByText(/A saved play, played again/)).toBeVisible()
  await waitForDecisions(2)
  await button(/Delete your play/).click()
  await button(/Confirm deletion/).click()
  await expect.element(replay).not.toBeInTheDocument()
})

it('reports what is wrong with a file, and watches and keeps a valid one', async () => {
  await watch('?seed=11')
  drop(new File(['not a model'], 'holiday.onnx'))
  await expect.element(alert()).toHaveTextContent('“holiday.onnx” cannot be used.')
  const before = decisionCount()
  await expect.poll(decisionCount).not.toBe(before)

  const model = new Uint8Array(await (await fetch(addressOf('nano.onnx'))).arrayBuffer())
  const digest = await sha256Of(model)
  drop(new File(['nor this'], 'notes.onnx'), new File([model], 'small-one.onnx'))
  await expect.poll(address).toContain(`model=file-${digest?.slice(0, 12)}`)
  // One is used, and what is wrong with the other stays in sight.
  await expect.element(page.getByText(/“small-one.onnx” .* is saved in this browser/)).toBeVisible()
  await expect.element(alert()).toHaveTextContent(/^“notes.onnx” cannot be used./)
  await expect.element(page.getByText(/46,560 parameters/).first()).toBeVisible()
  await reload()
  await waitForDecisions(1)
  await expect.element(alert()).not.toBeInTheDocument()
  const agent = page.getByRole('combobox', { name: 'Agent 1' })
  await expect.element(agent.getByRole('option', { name: 'small-one' })).toBeInTheDocument()
  await page.getByText('Saved in this browser (1)').click()
  await button('Remove small-one.onnx from this browser').click()
  await expect.element(page.getByText(/^Saved in this browser/)).not.toBeInTheDocument()
})

it('counts outcomes of a file apart from those of the shipped agent of the same stage', async () => {
  const model = new Uint8Array(await (await fetch(addressOf('nano.onnx'))).arrayBuffer())
  const name = `file-${(await sha256Of(model))?.slice(0, 12)}`
  await watch(`?seed=7&speed=4&camera=map&model=${name},base`)
  drop(new File([model], 'small-one.onnx'))
  const tableOf = (title: string) =>
    page.getByRole('table', { name: `Outcomes of ${title}`, exact: true })
  // Both were measured, over different numbers of episodes.
  await expect.element(tableOf('Base')).toHaveTextContent('Marks: measured over 1,000 other')
  await expect.element(tableOf('small-one')).toHaveTextContent('Marks: measured over 300 other')
})

it('watches a file that the address already names, once it is available', async () => {
  const model = new Uint8Array(await (await fetch(addressOf('nano.onnx'))).arrayBuffer())
  const name = `file-${(await sha256Of(model))?.slice(0, 12)}`
  await watch(`?seed=11&model=${name}`)
  await expect.element(alert()).toHaveTextContent(`There is no model “${name}”`)
  drop(new File([model], 'small-one.onnx'))
  await expect.element(alert()).not.toBeInTheDocument()
  await expect.element(page.getByText(/46,560 parameters/).first()).toBeVisible()
})

it('leaves the address of another page alone when a file is stored after this page was left', async () => {
  const model = new Uint8Array(await (await fetch(addressOf('nano.onnx'))).arrayBuffer())
  await watch('?seed=11')
  drop(new File([model], 'late.onnx'))
  await open('#/overview')
  const late = () => useCatalogue.getState().shelf?.find(({ name }) => name === 'late.onnx')
  await expect.poll(late).toBeDefined()
  expect(address()).toBe('#/overview')
  const entry = late()
  if (entry) await unshelve(entry)
})

it('hands nobody the gamepad in a play of which only the path can be shown', async () => {
  // It no longer replays to the states in which it was played.
  const clip = {
    ...keepAgentClip(playEpisode(rootKey(3)), '0'.repeat(64)),
    stateDigest: '0'.repeat(16),
  }
  const database = new LabDatabase()
  await keepPlay(database, clip, 'nano', new Date())
  await open(`#/watch?model=nano&seed=${clip.seed}&clip=${clip.id}`)
  await expect.element(page.getByText(/its stored path is shown from above/)).toBeVisible()
  await waitForDecisions(2)
  await leaveControls()
  await userEvent.keyboard('t')
  await expect.element(button('Take over')).toBeDisabled()
  expect(useWatch.getState().takenOver).toBe(false)
  await removePlay(database, clip.id)
  await database.close()
})

/** Copies a link to this moment and returns the part that names a page of this site. */
async function copiedLink(): Promise<string> {
  const copy = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  onTestFinished(() => copy.mockRestore())
  await button('Copy a link to this moment').click()
  await expect
    .element(page.getByRole('status', { name: 'Announcements' }))
    .toHaveTextContent(/link to this moment is copied/)
  return new URL(copy.mock.lastCall?.[0] ?? '').hash
}

/** Drops files onto the page. */
function drop(...files: readonly File[]): void {
  const dataTransfer = new DataTransfer()
  for (const file of files) dataTransfer.items.add(file)
  page
    .getByRole('region', { name: 'Island', exact: true })
    .element()
    .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
}

function focus(element: Element): void {
  if (element instanceof HTMLElement) element.focus()
}
