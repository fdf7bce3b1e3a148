import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * Returns the accessibility rules that the page breaks, each with the elements that break it; only
 * those named in `rules`, where there are any.
 */
export async function brokenRules(page: Page, rules?: readonly string[]): Promise<string[][]> {
  // What passes is not listed: to name each element of a chart takes longer than to look at it. The
  // legacy mode leaves out frames of other origins, of which there are none, and is four times as fast.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (rules !== undefined) axe.withRules([...rules])
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
}
