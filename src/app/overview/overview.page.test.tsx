import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Results } from '../../lab/models/results.ts'
import { madeUpResults } from '../../procedure/testing/made-up-results.ts'
import { useResults } from '../data/results.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { open, overhang, prefer, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { drawnOn, moves } from '../testing/pictures.ts'
import { serve, serveAsBefore, serveMissing } from '../testing/served.ts'

// The Overview page with made-up results, and without any.

const RESULTS = testResults()

/** Returns made-up results with two found failures and a start that two agents share. */
function testResults(): Results {
  const results = madeUpResults(3)
  const [episode, other] = results.trajectories[0]?.episodes ?? []
  if (!episode || !other) throw new Error('The made-up results have no two episodes of the base.')
  const kind = 'same start, side-platform'
  return {
    ...results,
    gallery: [
      { stage: 'base', kind: 'shadow boxing', episode },
      { stage: 'base', kind: 'shadow boxing', episode: other },
      { stage: 'base', kind: 'straight success', episode: other },
      { stage: 'fine-tuned', kind, episode },
      { stage: 'scratch', kind, episode: other },
    ],
  }
}

const article = (name: string) => page.getByRole('article', { name, exact: true })
const paths = (name: string) => article(name).getByRole('img', { name: /Map of the island/ })
const rowOf = (table: string, row: RegExp) =>
  page.getByRole('table', { name: table }).getByRole('row', { name: row })

/** Opens the page with a fresh store: results loaded by an earlier test are discarded. */
async function openOverview(results?: unknown): Promise<void> {
  useResults.setState(useResults.getInitialState(), true)
  if (results) serve('models/results.json', results)
  await open('#/overview')
}

describe('with results', () => {
  it('compares each stage with the paper’s', async () => {
    await openOverview(RESULTS)
    await expect
      .element(rowOf('Outcomes of Base, percent', /None/))
      .toHaveTextContent(/47\.5.*44\.4–50\.6.*43\.6/)
    await expect.element(article('Base')).toHaveTextContent('inherited from the players')
    await expect
      .element(rowOf('Outcomes of Aligned left, percent', /Left/))
      .toHaveTextContent(/97\.8.*98\.7/)
    await expect.element(article('Aligned left')).toHaveTextContent('2 other training seeds')
    await expect.element(article('Preference middle')).toBeVisible()
    await expect
      .element(paths('Base'))
      .toHaveAttribute('aria-label', expect.stringMatching(/3 fresh episodes of Base/))
    await expect
      .element(
        page.getByRole('table', {
          name: 'Accuracy of the reward model for the right jumppad, percent',
        }),
      )
      .toHaveTextContent('94.7')
    await expect
      .element(page.getByRole('table', { name: /Scratch.*by start/ }))
      .toHaveTextContent('side platform')
  })

  it('draws reward models and learning curves', async () => {
    await openOverview(RESULTS)
    const trained = page.getByRole('figure', { name: /^Trunk trained\. .*at 1,000/ })
    await expect.poll(() => trained.element().querySelector('svg')).not.toBeNull()
    await expect
      .element(page.getByRole('figure', { name: /^The paper’s\. .*99\.1 at 500,000/ }))
      .toBeVisible()
    const curves = page.getByRole('figure', {
      name: /reached the left jumppad during reinforcement/,
    })
    await expect.poll(() => curves.first().element().querySelector('svg')).not.toBeNull()
    await page
      .getByRole('radiogroup', { name: 'Metric of the curves' })
      .getByText('KL from start')
      .click()
    await expect.element(page.getByRole('radio', { name: 'KL from start' }).first()).toBeChecked()
  })

  it('compares the alignment that has a changed part with the complete one', async () => {
    await openOverview(RESULTS)
    const card = article('Without preference fine-tuning')
    await expect
      .element(card.getByRole('row', { name: /Main line, left/ }))
      .toHaveTextContent(/97\.6.*9–10$/)
    await expect
      .element(card.getByRole('row', { name: /Without preference.*left/ }))
      .toHaveTextContent(/78\.6.*29–30$/)
    await expect
      .element(card.getByRole('figure', { name: /reached the left jumppad/ }))
      .toBeVisible()
    await expect
      .element(
        article('From another start').getByRole('row', { name: /Without fine-tuning, left/ }),
      )
      .toHaveTextContent(/never$/)
  })

  it('plays an episode before and after alignment with a style', async () => {
    await openOverview(RESULTS)
    const watch = article('Wish: moves slower').getByRole('button', {
      name: 'Watch before and after',
    })
    await watch.click()
    const dialog = page.getByRole('dialog', { name: 'Moves slower, from Fine-tuned' })
    await expect.element(dialog.getByRole('img', { name: 'Before clip' })).toBeVisible()
    await expect
      .element(dialog.getByRole('img', { name: 'After clip' }))
      .toHaveAccessibleDescription(/^Starts .*Touches the (left|middle) jumppad/)
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
    await expect.element(watch).toHaveFocus()
  })

  it('says what training on several islands is worth', async () => {
    await openOverview(RESULTS)
    const table = article('Training on several islands').getByRole('table')
    await expect
      .element(table.getByText('Agents of size “nano”, pre-trained on five islands'))
      .toBeVisible()
    await expect
      .element(table.getByRole('row', { name: /^Five islands/ }).first())
      .toHaveTextContent('90.095 · 90 · 85')
  })

  it('compares the methods that learn from the same labels', async () => {
    await openOverview(RESULTS)
    const methods = page.getByRole('table', { name: /reached the right jumppad by method/ })
    await expect.element(methods.getByText('Reward model and best-of-play imitation')).toBeVisible()
    // 891, 881 and 871 of 1,000, at 41 to 43 nats in 201 to 203 seconds.
    await expect
      .element(methods.getByRole('row', { name: /^50 labels/ }).first())
      .toHaveTextContent(/88\.1.*42.*202 s$/)
    await expect.element(article('Methods: Prefer middle')).not.toBeInTheDocument()
  })

  it('shows how the agents do on other islands, and leads to them', async () => {
    await openOverview(RESULTS)
    const islands = page.getByRole('table', { name: /by island and agent/ })
    await expect
      .element(islands.getByRole('row', { name: /^The first island/ }))
      .toHaveTextContent(/88\.0.*96\.0/)
    const without = islands.getByRole('row', { name: /^Without the left one/ })
    await expect.element(without).toHaveTextContent(/59\.5.*Missing.*most often none/)
    await expect
      .element(without.getByRole('link', { name: /Missing/ }))
      .toHaveAttribute('href', '#/watch?model=aligned-left&island=no-left')
  })

  it('plays a failure from the gallery, and closes it again', async () => {
    await openOverview(RESULTS)
    const failures = page.getByRole('region', { name: 'Failures of Base' })
    await expect.poll(() => failures.getByRole('button').all()).toHaveLength(1)
    const opener = failures.getByRole('button', { name: 'Shadow boxing' })
    focus(opener.element())
    await userEvent.keyboard('{Enter}')
    const player = page.getByRole('dialog', { name: 'Base: shadow boxing' })
    const film = player.getByRole('img', { name: /^Base on the island/ })
    await expect.element(film).toBeVisible()
    await expect.element(player).toHaveTextContent('attacking empty air')
    await expect.poll(() => moves(film)).toBe(true)
    await player.getByRole('button', { name: 'Pause' }).click()
    expect(await moves(film)).toBe(false)
    focus(player.getByRole('slider', { name: 'Decision' }).element())
    await userEvent.keyboard('{Home}')
    await expect.element(player.getByRole('slider')).toHaveAttribute('aria-valuenow', '0')
    await player.getByText('Example 2').click()
    await expect.element(player.getByRole('button', { name: 'Pause' })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(player).not.toBeInTheDocument()
    await expect.element(opener).toHaveFocus()
  })

  it('navigates through the steps, and links to the Watch page', async () => {
    await openOverview(RESULTS)
    const steps = page.getByRole('navigation', { name: 'Steps of the procedure' })
    await steps.getByRole('button', { name: /Aligned/ }).click()
    await expect
      .element(page.getByRole('region', { name: 'Does it do what was preferred?' }))
      .toHaveFocus()
    await expect
      .element(article('Base').getByRole('link', { name: 'Watch it live: Base' }))
      .toHaveAttribute('href', '#/watch?model=base')
  })

  it('moves all maps in sync, and stops them with one key', async () => {
    await openOverview(RESULTS)
    await expect.element(paths('Base')).toBeInTheDocument()
    paths('Base').element().scrollIntoView()
    await expect.poll(() => moves(paths('Base'))).toBe(true)
    await userEvent.keyboard(' ')
    await expect.element(page.getByRole('button', { name: 'Play the maps' })).toBeVisible()
    expect(await moves(paths('Base'))).toBe(false)
  })

  it('shows complete paths, standing still, with reduced motion', async () => {
    await prefer({ motion: 'reduce' })
    await openOverview(RESULTS)
    await expect.element(page.getByRole('button', { name: 'Play the maps' })).toBeVisible()
    paths('Base').element().scrollIntoView()
    const empty = document.createElement('canvas').toDataURL()
    await expect.poll(() => drawnOn(paths('Base'))).not.toBe(empty)
    // The picture is stable once the canvas has its size.
    await expect.poll(() => moves(paths('Base'), 30)).toBe(false)
  })

  it('fits a telephone without scrolling sideways', async () => {
    await resizeWindow(TELEPHONE)
    await openOverview(RESULTS)
    await expect.element(article('Aligned right')).toBeVisible()
    await expect.element(page.getByRole('figure', { name: /^The paper’s/ })).toBeVisible()
    await expect.poll(overhang).toBeLessThanOrEqual(0)
    await expectLargeControls()
  })
})

describe('without results', () => {
  it('reports that there is no results file, and tries again', async () => {
    serveMissing('models/results.json')
    await openOverview()
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('This site has no file of results')
    await expect.element(rowOf('Outcomes of Base, percent', /None/)).toHaveTextContent(/43\.6/)
    serveAsBefore('models/results.json')
    serve('models/results.json', RESULTS)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.element(rowOf('Outcomes of Base, percent', /None/)).toHaveTextContent(/47\.5/)
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })

  it('reports what is damaged', async () => {
    await openOverview({ ...RESULTS, agents: 'none' })
    await expect.element(page.getByRole('alert')).toHaveTextContent('damaged at agents')
  })

  it('reports what has not been measured yet', async () => {
    const { rewardRuns: _, methods: __, ...rest } = RESULTS
    await openOverview({ ...rest, reinforcement: [] })
    await expect
      .element(page.getByRole('figure', { name: /Trunk trained/ }))
      .toHaveTextContent('Not measured yet')
    for (const name of ['And follows the reward', 'What do other methods make']) {
      await expect.element(page.getByRole('region', { name })).toHaveTextContent('Not measured yet')
    }
  })

  it('keeps the numbers of another world version, and reports that its paths cannot be replayed', async () => {
    await openOverview({ ...RESULTS, worldVersion: 1 })
    await expect.element(page.getByText(/measured in world version 1/)).toBeVisible()
    await expect.element(article('Base')).toHaveTextContent('cannot replay them')
    await expect.element(article('Base')).toHaveTextContent('47.5')
  })
})

function focus(element: Element): void {
  if (element instanceof HTMLElement || element instanceof SVGElement) element.focus()
}
