import { type Page, test } from '@playwright/test'
import { moves, serveResults, testResults } from './overview-results.ts'
import { expectNoOverhang } from './support/layout.ts'
import { expect, VIEWPORT } from './support/watch.ts'

// The Overview page with results that nobody measured: what it makes of them, and of none.
test.use({ viewport: VIEWPORT })

const RESULTS = testResults()

const article = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
const paths = (page: Page, name: string) =>
  article(page, name).getByRole('img', { name: /Map of the island/ })

test.describe('with results', () => {
  test.beforeEach(({ page }) => serveResults(page, RESULTS))

  test('sets each stage beside the paper’s', async ({ page }) => {
    await page.goto('#/overview')
    const base = page.getByRole('table', { name: 'Outcomes of Base, percent' })
    await expect(base.getByRole('row', { name: /None/ })).toHaveText(/47\.5.*44\.4–50\.6.*43\.6/)
    await expect(article(page, 'Base')).toContainText('inherited from the players')
    const aligned = page.getByRole('table', { name: 'Outcomes of Aligned left, percent' })
    await expect(aligned.getByRole('row', { name: /Left/ })).toHaveText(/97\.8.*98\.7/)
    await expect(article(page, 'Aligned left')).toContainText('2 other training seeds')
    await expect(article(page, 'Preference middle')).toBeVisible()
    await expect(paths(page, 'Base')).toHaveAttribute('aria-label', /3 fresh episodes of Base/)
    await expect(
      page.getByRole('table', {
        name: 'Accuracy of the reward model for the right jumppad, percent',
      }),
    ).toContainText('94.7')
    await expect(page.getByRole('table', { name: /Scratch.*by start/ })).toContainText(
      'side platform',
    )
  })

  test('draws reward models and learning curves', async ({ page }) => {
    await page.goto('#/overview')
    const trained = page.getByRole('figure', { name: /^Trunk trained along\. .*at 1,000/ })
    await expect(trained.locator('svg').first()).toBeVisible()
    await expect(
      page.getByRole('figure', { name: /^The paper’s\. .*99\.1 at 500,000/ }),
    ).toBeVisible()
    const curves = page.getByRole('figure', {
      name: /reached the left jumppad during reinforcement/,
    })
    await expect(curves.locator('svg').first()).toBeVisible()
    await page
      .getByRole('radiogroup', { name: 'What the curves show' })
      .getByText('KL from start')
      .click()
    await expect(page.getByRole('radio', { name: 'KL from start' }).first()).toBeChecked()
  })

  test('holds the alignment with a part changed beside the one that is whole', async ({ page }) => {
    await page.goto('#/overview')
    const card = article(page, 'Without preference fine-tuning')
    await expect(card.getByRole('row', { name: /Main line, left/ })).toHaveText(/97\.8.*9$/)
    await expect(card.getByRole('row', { name: /Without preference.*left/ })).toHaveText(
      /78\.8.*29$/,
    )
    const curves = card.getByRole('figure', { name: /reached the left jumppad/ })
    await expect(curves.locator('svg').first()).toBeVisible()
    await expect(
      article(page, 'From another start').getByRole('row', { name: /Without fine-tuning, left/ }),
    ).toHaveText(/never$/)
  })

  test('plays a found failure, and closes it again', async ({ page }) => {
    await page.goto('#/overview')
    const failures = page.getByRole('region', { name: 'Failures of Base' })
    await expect(failures.getByRole('button')).toHaveCount(1)
    const opener = failures.getByRole('button', { name: 'Shadow boxing' })
    await opener.focus()
    await page.keyboard.press('Enter')
    const player = page.getByRole('dialog', { name: 'Base: shadow boxing' })
    const film = player.getByRole('img', { name: /^Base on the island/ })
    await expect(film).toBeVisible()
    await expect(player).toContainText('swinging at nobody')
    await expect.poll(() => moves(film, 200)).toBe(true)
    await player.getByRole('button', { name: 'Pause' }).click()
    expect(await moves(film, 300)).toBe(false)
    await player.getByRole('slider', { name: 'Decision' }).focus()
    await page.keyboard.press('Home')
    await expect(player.getByRole('slider')).toHaveAttribute('aria-valuenow', '0')
    await player.getByText('Example 2').click()
    await expect(player.getByRole('button', { name: 'Pause' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(player).toHaveCount(0)
    await expect(opener).toBeFocused()
  })

  test('leads through the steps, and on to the Watch page', async ({ page }) => {
    await page.goto('#/overview')
    const steps = page.getByRole('navigation', { name: 'Steps of the procedure' })
    await steps.getByRole('button', { name: /Aligned/ }).click()
    await expect(page.getByRole('region', { name: 'Does it do what was preferred?' })).toBeFocused()
    await article(page, 'Base').getByRole('link', { name: 'Watch it live: Base' }).click()
    await expect(page).toHaveURL(/#\/watch\?model=base$/)
  })

  test('moves all maps in step, and stops them with one key', async ({ page }) => {
    await page.goto('#/overview')
    await paths(page, 'Base').scrollIntoViewIfNeeded()
    await expect.poll(() => moves(paths(page, 'Base'), 200)).toBe(true)
    await page.keyboard.press('Space')
    await expect(page.getByRole('button', { name: 'Play the maps' })).toBeVisible()
    expect(await moves(paths(page, 'Base'), 300)).toBe(false)
  })

  test('shows whole paths, standing still, to who asked for less motion', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto('#/overview')
    await expect(page.getByRole('button', { name: 'Play the maps' })).toBeVisible()
    await paths(page, 'Base').scrollIntoViewIfNeeded()
    await page.waitForTimeout(300)
    expect(await moves(paths(page, 'Base'), 300)).toBe(false)
  })

  test('fits a telephone without scrolling sideways', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('#/overview')
    await expect(article(page, 'Aligned right')).toBeVisible()
    await expect(page.getByRole('figure', { name: /^The paper’s/ })).toBeVisible()
    await expectNoOverhang(page)
  })
})

test.describe('without', () => {
  test('says that there is no file of results, and tries again', async ({ page }) => {
    await page.route('**/models/results.json', (route) => route.fulfill({ status: 404 }))
    await page.goto('#/overview')
    await expect(page.getByRole('alert')).toContainText('This site has no file of results')
    const base = page.getByRole('table', { name: 'Outcomes of Base, percent' })
    await expect(base.getByRole('row', { name: /None/ })).toHaveText(/43\.6/)
    await page.unroute('**/models/results.json')
    await serveResults(page, RESULTS)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(base.getByRole('row', { name: /None/ })).toHaveText(/47\.5/)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('says what is damaged', async ({ page }) => {
    await serveResults(page, { ...RESULTS, agents: 'none' })
    await page.goto('#/overview')
    await expect(page.getByRole('alert')).toContainText('damaged at agents')
  })

  test('says what was not measured yet', async ({ page }) => {
    const { rewardRuns: _, ...rest } = RESULTS
    await serveResults(page, { ...rest, reinforcement: [] })
    await page.goto('#/overview')
    await expect(page.getByRole('figure', { name: /Trunk trained along/ })).toContainText(
      'Not measured yet',
    )
    await expect(page.getByRole('region', { name: 'And follows the reward' })).toContainText(
      'Not measured yet',
    )
  })

  test('keeps the numbers of another world, and says that its paths are gone', async ({ page }) => {
    await serveResults(page, { ...RESULTS, worldVersion: 1 })
    await page.goto('#/overview')
    await expect(page.getByText(/measured in world version 1/)).toBeVisible()
    await expect(article(page, 'Base')).toContainText('cannot replay them')
    await expect(article(page, 'Base')).toContainText('47.5')
  })
})
