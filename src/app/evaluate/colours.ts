/** The colours of heatmaps, for each colour scheme. */
import { interpolateLab } from 'd3-interpolate'
import { interpolateViridis } from 'd3-scale-chromatic'
import { CHART_LOOKS } from '../map/looks.ts'
import type { Scheme } from './compared.ts'

/** Colours for more of the first policy and more of the second; safe for the colour-blind. */
const ENDS = {
  light: { first: '#a04000', second: '#005a94' },
  dark: { first: '#ffa05c', second: '#5cc0ff' },
} as const

/** Position on Viridis of the least amount, chosen so that it stands out from the ground of a map. */
const LEAST = { light: 0.06, dark: 0.32 } as const

/**
 * Returns the colour of an amount `part`, 0…1, on Viridis (van der Walt & Smith 2015), which is
 * perceptually uniform: equal steps look equally large. The scale begins at the end that is nearer to
 * the ground, so that larger amounts always stand out more.
 */
export function amountColour(part: number, scheme: Scheme): string {
  const least = LEAST[scheme]
  const shown = least + (1 - least) * part
  return interpolateViridis(scheme === 'dark' ? shown : 1 - shown)
}

/** Returns the colour of a difference, −1…1: straight through CIELAB from the ground at 0 to either end. */
export function differenceColour(part: number, scheme: Scheme): string {
  const { first, second } = ENDS[scheme]
  return interpolateLab(CHART_LOOKS[scheme].land, part > 0 ? first : second)(Math.abs(part))
}

/** Returns a CSS gradient of `colourAt` over 0…1. */
export function gradientOf(colourAt: (part: number) => string): string {
  const stops = Array.from({ length: 21 }, (_, index) => colourAt(index / 20))
  return `linear-gradient(90deg, ${stops.join(', ')})`
}
