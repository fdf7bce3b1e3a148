import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { HOME_MAP, type IslandMap } from '../../island/index.ts'
import { islandText, readIsland } from '../../procedure/island-file.ts'
import { addressOf, drawnIsland } from '../stores/island-choice.ts'
import { downloaded } from '../testing/downloads.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { open, overhang, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { frames } from '../testing/pictures.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const handle = (name: RegExp) => button(name)
const status = () => page.getByRole('status').first()
const drawing = () => page.getByRole('group', { name: 'Map of the island, north up' })
const watch = () => page.getByRole('link', { name: 'Watch an agent' })

/** Returns the island in the address, playable or not. */
function mapInAddress(): IslandMap {
  const value = new URLSearchParams(location.hash.split('?')[1]).get('island') ?? ''
  return drawnIsland(value).map
}

/** Returns an island of two squares of ground, 6 m wide, whose western edges are at these places. */
function addressOfSquares(one: number, two: number): string {
  const square = (name: string, x: number) => {
    const corners = [
      { x, z: 0 },
      { x: x + 6, z: 0 },
      { x: x + 6, z: 6 },
      { x, z: 6 },
    ]
    return { name, material: 'ground', corners } as const
  }
  const map = { ...HOME_MAP, surfaces: [square('one', one), square('two', two)], obstacles: [] }
  return addressOf({ title: 'Two', about: '', map })
}

/** Returns the position in the name of a handle, such as `x 1.0, z 2.0`. */
function placeOfHandle(name: RegExp): string {
  const label = handle(name).element().getAttribute('aria-label') ?? ''
  return label.slice(label.indexOf('x '))
}

/** Focuses an element as soon as the page shows it. */
async function focus(locator: Locator): Promise<void> {
  await expect.element(locator).toBeVisible()
  const element = locator.element()
  if (element instanceof SVGElement || element instanceof HTMLElement) element.focus()
}

/** Double-clicks a position on the map, in metres. */
async function doubleClickAt(x: number, z: number): Promise<void> {
  const map = drawing().element()
  const matrix = map instanceof SVGGraphicsElement ? map.getScreenCTM() : null
  const { left, top } = map.getBoundingClientRect()
  const at = new DOMPoint(x, z).matrixTransform(matrix ?? undefined)
  await drawing().dblClick({ position: { x: at.x - left, y: at.y - top } })
}

describe('drawing an island', () => {
  it('moves by the arrow keys, undoes and redoes, and keeps it in the address', async () => {
    await open('#/island')
    await expect.element(status()).toHaveTextContent('Every jumppad can be reached')
    await expect.element(button('Undo')).toBeDisabled()
    await focus(handle(/^Jumppad left, x -14\.9, z -28\.3/))
    await expect.element(page.getByRole('heading', { name: 'Jumppad left' })).toBeVisible()
    await userEvent.keyboard('{ArrowUp}{Shift>}{ArrowRight}{/Shift}')
    await expect.element(handle(/^Jumppad left, x -14\.8, z -28\.8/)).toBeVisible()
    await expect.poll(() => location.hash).toMatch(/island=map\./)
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(handle(/^Jumppad left, x -14\.9, z -28\.8/)).toBeVisible()
    await button('Redo').click()
    await expect.element(handle(/^Jumppad left, x -14\.8, z -28\.8/)).toBeVisible()
    await expect.poll(() => mapInAddress().jumppads[0]).toMatchObject({ x: -14.8, z: -28.8 })
    await reload()
    await expect.element(handle(/^Jumppad left, x -14\.8, z -28\.8/)).toBeVisible()
  })

  it('says what keeps an island from being played on, and offers no link to it until then', async () => {
    await open('#/island')
    await expect.element(watch()).toBeVisible()
    await focus(handle(/^Spawn 1/))
    const east = page.getByRole('textbox', { name: 'x, m to the east' })
    await east.fill('30')
    await expect
      .element(page.getByText('The spawn at x 30.0, z 2.5 is in the sea: move it onto the land.'))
      .toBeVisible()
    await expect.element(watch()).not.toBeInTheDocument()
    await expect.element(page.getByRole('link', { name: 'Play yourself' })).not.toBeInTheDocument()
    await expect.element(page.getByRole('link', { name: 'Compare clips' })).not.toBeInTheDocument()
    await button('Undo').click()
    await expect.element(watch()).toBeVisible()
  })

  it('keeps work that cannot be played on yet, and says why an address cannot be read', async () => {
    await open('#/island')
    await focus(handle(/^Jumppad right/))
    await userEvent.keyboard('{Delete}')
    await focus(handle(/^Jumppad middle/))
    await userEvent.keyboard('{Delete}')
    await focus(handle(/^Jumppad left/))
    await userEvent.keyboard('{Delete}')
    await expect
      .element(page.getByText('The island has no jumppads: add at least one.'))
      .toBeVisible()
    await expect.element(drawing()).toHaveFocus()
    await expect.poll(() => mapInAddress().jumppads).toEqual([])
    await reload()
    await expect
      .element(page.getByText('The island has no jumppads: add at least one.'))
      .toBeVisible()
    location.hash = '#/island?island=map.AAAA'
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('The first island is shown instead.')
    await expect.element(handle(/^Jumppad left/)).toBeVisible()
  })

  it('leaves corners where they are that the selected one only passes', async () => {
    await open(`#/island?island=${addressOfSquares(0, 7)}`)
    await focus(handle(/^Corner 2 of one, x 6\.0/))
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
    await expect.element(handle(/^Corner 2 of one, x 7\.5/)).toBeVisible()
    await expect.element(handle(/^Corner 1 of two, x 7\.0/)).toBeVisible()
  })

  it('moves by the pointer, as one step that can be undone', async () => {
    await open('#/island')
    const corner = handle(/^Corner 2 of head/)
    await expect.element(corner).toBeVisible()
    const before = corner.element().getAttribute('aria-label') ?? ''
    await userEvent.dragAndDrop(corner, handle(/^Obstacle 4/))
    await expect.poll(() => corner.element().getAttribute('aria-label')).not.toBe(before)
    await button('Undo').click()
    await expect.poll(() => corner.element().getAttribute('aria-label')).toBe(before)
    await expect.element(button('Undo')).toBeDisabled()
  })

  it('takes a press that hardly moves for a click, which leaves a corner where it was inserted', async () => {
    await open('#/island')
    await focus(handle(/^Corner 1 of head/))
    await button('Insert a corner after this one').click()
    const inserted = handle(/^Corner 2 of head, x 10\.5, z -13\.5/)
    await expect.element(inserted).toBeVisible()
    const [sourcePosition, targetPosition] = [
      { x: 12, y: 12 },
      { x: 13, y: 13 },
    ]
    await userEvent.dragAndDrop(inserted, inserted, { sourcePosition, targetPosition })
    await expect.element(watch()).toBeVisible()
    await button('Undo').click()
    await expect.element(inserted).not.toBeInTheDocument()
    await expect.element(button('Undo')).toBeDisabled()
  })

  it('makes no step of a move past the limit of a file', async () => {
    await open(`#/island?island=${addressOfSquares(0, 74)}`)
    await focus(handle(/^Corner 2 of two, x 80\.0/))
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{ArrowRight}{ArrowRight}')
    await expect.element(handle(/^Corner 2 of two, x 80\.0/)).toBeVisible()
    for (const place of [/x 79\.5/, /x 80\.0/]) {
      await button('Undo').click()
      await expect.poll(() => placeOfHandle(/^Corner 2 of two/)).toMatch(place)
    }
    await expect.element(button('Undo')).toBeDisabled()
  })

  it('moves corners together that a drag brought to the same place, by pointer and by key', async () => {
    await open(`#/island?island=${addressOfSquares(0, 8)}`)
    const [one, two] = [/^Corner 2 of one/, /^Corner 1 of two/]
    await userEvent.dragAndDrop(handle(two), handle(one))
    await expect.poll(() => placeOfHandle(two)).toBe('x 6.0, z 0.0')
    await userEvent.dragAndDrop(handle(two), drawing())
    await expect.poll(() => placeOfHandle(two)).not.toBe('x 6.0, z 0.0')
    expect(placeOfHandle(one)).toBe(placeOfHandle(two))
    const dragged = placeOfHandle(two)
    await userEvent.keyboard('{ArrowUp}')
    await expect.poll(() => placeOfHandle(two)).not.toBe(dragged)
    expect(placeOfHandle(one)).toBe(placeOfHandle(two))
  })

  it('follows only the pointer that began a drag', async () => {
    // Pointers of a test's own events cannot be captured.
    const capture = vi.spyOn(Element.prototype, 'setPointerCapture').mockReturnValue()
    onTestFinished(() => capture.mockRestore())
    await open('#/island')
    const obstacle = handle(/^Obstacle 4/)
    await expect.element(obstacle).toBeVisible()
    const before = placeOfHandle(/^Obstacle 4/)
    const { left, top, width, height } = obstacle.element().getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    const event = async (type: string, pointerId: number, by: number) => {
      const place = { clientX: x + by, clientY: y + by }
      const common = { ...place, pointerId, isPrimary: pointerId === 1, bubbles: true }
      const target = type === 'pointerdown' ? obstacle.element() : drawing().element()
      target.dispatchEvent(new PointerEvent(type, common))
      // What it changes is drawn by then.
      await frames(1)
    }
    await event('pointerdown', 1, 0)
    await event('pointermove', 1, 20)
    await expect.poll(() => placeOfHandle(/^Obstacle 4/)).not.toBe(before)
    const dragged = placeOfHandle(/^Obstacle 4/)
    await event('pointermove', 2, 60)
    await event('pointerup', 2, 60)
    await event('pointercancel', 2, 60)
    await event('pointerup', 1, 20)
    await expect
      .element(page.getByRole('status', { name: 'Announcements' }))
      .not.toBeEmptyDOMElement()
    expect(placeOfHandle(/^Obstacle 4/)).toBe(dragged)
  })

  it('announces the same event again', async () => {
    await open('#/island')
    const said = page.getByRole('status', { name: 'Announcements' })
    await button('Add a spawn').click()
    await button('Add a spawn').click()
    await button('Undo').click()
    await expect.element(said).toHaveTextContent('Undone.')
    const first = said.element().firstElementChild
    await button('Undo').click()
    // A screen reader reads what was inserted.
    await expect.poll(() => said.element().firstElementChild).not.toBe(first)
    await expect.element(said).toHaveTextContent('Undone.')
  })

  it('undoes by keys wherever the focus is, and keeps the focus on the page', async () => {
    await open('#/island')
    const added = handle(/^Jumppad far left/)
    await button('Add a jumppad').click()
    await expect.element(added).toBeVisible()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(added).not.toBeInTheDocument()
    await expect.element(button('Add a jumppad')).toHaveFocus()
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
    await expect.element(added).toBeVisible()
    await page.getByRole('textbox', { name: 'What it is for' }).click()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(added).toBeVisible()

    await focus(added)
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(added).not.toBeInTheDocument()
    await expect.element(drawing()).toHaveFocus()

    await focus(button('Redo'))
    await userEvent.keyboard('{Enter}')
    await expect.element(added).toBeVisible()
    await expect.element(button('Redo')).toBeDisabled()
    await expect.element(button('Redo')).toHaveFocus()
  })

  it('says which surface goes with its third last corner', async () => {
    await open('#/island')
    await button('Add ground').click()
    const announcement = page.getByRole('status', { name: 'Announcements' })
    for (const what of ['Corner 1 of', 'Surface']) {
      await focus(handle(/^Corner 1 of ground 11/))
      await userEvent.keyboard('{Delete}')
      await expect.element(announcement).toHaveTextContent(`${what} ground 11 removed.`)
    }
    await expect.element(handle(/of ground 11/)).not.toBeInTheDocument()
  })

  it('makes a surface a side path, which the time aside is measured on, and ends that', async () => {
    await open('#/island')
    const isAside = page.getByRole('switch', { name: 'Counts as a side path' })
    const surfaceInAddress = (name: string) =>
      mapInAddress().surfaces.find((surface) => surface.name === name)
    await focus(handle(/^Corner 1 of neck/))
    await expect.element(isAside).not.toBeChecked()
    await isAside.click()
    await expect.poll(() => surfaceInAddress('neck')?.aside).toBe(true)
    await focus(handle(/^Corner 1 of east bridge/))
    await expect.element(isAside).toBeChecked()
    await isAside.click()
    await expect.poll(() => surfaceInAddress('east bridge')).not.toHaveProperty('aside')
  })

  it('undoes what was typed into a field, or moved while a key was held, as one step', async () => {
    await open('#/island')
    await focus(handle(/^Spawn 1, x -1\.5/))
    await page.getByRole('textbox', { name: 'x, m to the east' }).click()
    await userEvent.keyboard('{Control>}a{/Control}12.5')
    await expect.element(handle(/^Spawn 1, x 12\.5/)).toBeVisible()
    await focus(handle(/^Spawn 2, x 1\.5/))
    await userEvent.keyboard('{ArrowRight>3/}{ArrowRight}')
    await expect.element(handle(/^Spawn 2, x 3\.5/)).toBeVisible()
    await page.getByRole('textbox', { name: 'Title' }).click()
    await userEvent.keyboard('{Control>}a{/Control}{Backspace}Own')
    await expect.element(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Own')

    await button('Undo').click()
    await expect.element(page.getByRole('textbox', { name: 'Title' })).toHaveValue('My island')
    await button('Undo').click()
    await expect.element(handle(/^Spawn 2, x 3\.0/)).toBeVisible()
    await button('Undo').click()
    await expect.element(handle(/^Spawn 2, x 1\.5/)).toBeVisible()
    await button('Undo').click()
    await expect.element(handle(/^Spawn 1, x -1\.5/)).toBeVisible()
    await expect.element(button('Undo')).toBeDisabled()
  })

  it('begins a step with each visit of a field', async () => {
    await open('#/island')
    await focus(handle(/^Jumppad left/))
    const name = page.getByRole('textbox', { name: 'Name' })
    await name.click()
    await userEvent.keyboard('{End} one{Tab}{Shift>}{Tab}{/Shift}{End} two')
    await expect.element(handle(/^Jumppad left one two/)).toBeVisible()
    await button('Undo').click()
    await expect.element(handle(/^Jumppad left one,/)).toBeVisible()
    await button('Undo').click()
    await expect.element(handle(/^Jumppad left,/)).toBeVisible()
  })

  it('inserts a corner with a button and by a double click on an edge', async () => {
    await open('#/island')
    await focus(handle(/^Corner 1 of head, x 6\.0, z -8\.0/))
    const insert = button('Insert a corner after this one')
    await insert.click()
    const middle = handle(/^Corner 2 of head, x 10\.5, z -13\.5/)
    await expect.element(middle).toHaveAttribute('aria-pressed', 'true')
    await expect.element(watch()).toBeVisible()
    await button('Undo').click()
    await expect.element(handle(/^Corner 2 of head, x 15\.0/)).toBeVisible()
    await expect.element(button('Undo')).toBeDisabled()

    await doubleClickAt(9, -11.7)
    await expect
      .element(handle(/^Corner 2 of head, x (8\.9|9\.0|9\.1)/))
      .toHaveAttribute('aria-pressed', 'true')
    await button('Undo').click()
    await doubleClickAt(15, -19)
    await expect.element(handle(/^Corner 2 of head, x 15\.0/)).toBeVisible()
    await expect.element(button('Undo')).toBeDisabled()
  })

  it('says why an outline takes no further corner', async () => {
    const corners = Array.from({ length: 12 }, (_, i) => {
      const angle = (i * Math.PI) / 6
      return { x: 10 * Math.cos(angle), z: 10 * Math.sin(angle) }
    })
    const map = { ...HOME_MAP, surfaces: [{ name: 'disc', material: 'ground', corners } as const] }
    await open(`#/island?island=${addressOf({ title: 'Disc', about: '', map })}`)
    await focus(handle(/^Corner 1 of disc/))
    const insert = button('Insert a corner after this one')
    await expect.element(insert).toBeDisabled()
    await expect.element(insert).toHaveAccessibleDescription(/12 corners/)
  })

  it('adds and removes a jumppad, which agents are then watched with', async () => {
    await open('#/island?island=longer')
    await button('Add a jumppad').click()
    const added = handle(/^Jumppad far left/)
    await expect.element(added).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('textbox', { name: 'Name' }).fill('hidden one')
    const href = watch().element().getAttribute('href') ?? ''
    const value = new URLSearchParams(href.split('?')[1]).get('island') ?? ''
    expect(value).toMatch(/^map\./)
    await expect.element(handle(/^Jumppad hidden one/)).toBeVisible()
    await focus(handle(/^Jumppad hidden one/))
    await userEvent.keyboard('{Delete}')
    await expect.element(handle(/^Jumppad hidden one/)).not.toBeInTheDocument()
  })

  it('saves a file and opens it again, and refuses another one with a sentence', async () => {
    const own = { title: 'Mine', about: 'For a test.', map: { ...HOME_MAP, obstacles: [] } }
    await open(`#/island?island=${addressOf(own)}`)
    await expect.element(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Mine')
    const file = await downloaded(() => button('Save as a file').click())
    const saved = readIsland(await file.text())
    expect(saved).toMatchObject({ title: 'Mine', about: 'For a test.' })
    expect(saved.map.obstacles).toEqual([])

    const field = page.getByLabelText('Island file')
    await field.upload(new File(['{}'], 'empty.json'))
    await expect.element(page.getByRole('alert')).toHaveTextContent('The island is damaged')
    // What was selected is a place on the island before.
    await focus(handle(/^Spawn 1/))
    await expect.element(page.getByLabelText('x, m to the east')).toBeVisible()
    const other = islandText({ ...own, title: 'Other', map: HOME_MAP })
    await field.upload(new File([other], 'other.json'))
    await expect.element(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Other')
    await expect.element(handle(/^Obstacle 4/)).toBeVisible()
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
    await expect.element(page.getByLabelText('x, m to the east')).not.toBeInTheDocument()
  })

  it('follows another island in its address', async () => {
    await open('#/island')
    await button('Add an obstacle').click()
    await expect.element(handle(/^Obstacle 5/)).toBeVisible()
    location.hash = '#/island?island=fourth'
    await expect.element(handle(/^Jumppad far left/)).toBeVisible()
    await expect.element(handle(/^Obstacle 5/)).not.toBeInTheDocument()
    await expect.element(button('Undo')).toBeDisabled()
  })

  it('fits a telephone', async () => {
    await resizeWindow(TELEPHONE)
    await open('#/island')
    await expect.element(handle(/^Spawn 1/)).toBeVisible()
    await focus(handle(/^Corner 1 of head/))
    await expect.element(button('Insert a corner after this one')).toBeVisible()
    await expect.poll(overhang).toBeLessThanOrEqual(0)
    await expectLargeControls()
  })
})
