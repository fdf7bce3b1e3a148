import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * Returns the accessibility rules that the page violates, each with the offending elements; checks
 * only the rules in `rules` if given.
 */
export async function brokenRules(page: Page, rules?: readonly string[]): Promise<string[][]> {
  // Passes are not listed, because generating a selector for each element of a chart takes longer
  // than checking it. Legacy mode skips cross-origin frames, of which there are none, and is four
  // times as fast.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (rules !== undefined) axe.withRules([...rules])
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
}
