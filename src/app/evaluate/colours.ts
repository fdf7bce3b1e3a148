/** The colours of heatmaps, for each colour scheme. */
import { interpolateLab } from 'd3-interpolate'
import { interpolateViridis } from 'd3-scale-chromatic'
import { CHART_LOOKS } from '../map/looks.ts'
import type { Scheme } from './compared.ts'

/** What more of the first policy and more of the second look like; safe for the colour-blind. */
const ENDS = {
  light: { first: '#a04000', second: '#005a94' },
  dark: { first: '#ffa05c', second: '#5cc0ff' },
} as const

/** Where on Viridis the least amount begins, so that it stands out from the ground of a map. */
const LEAST = { light: 0.06, dark: 0.32 } as const

/**
 * Viridis (van der Walt & Smith 2015), perceptually uniform: equal steps of `part`, 0…1, look equally
 * large. It begins at the end that is nearer to the ground, so that more always stands out more.
 */
export function amountColour(part: number, scheme: Scheme): string {
  const least = LEAST[scheme]
  const shown = least + (1 - least) * part
  return interpolateViridis(scheme === 'dark' ? shown : 1 - shown)
}

/** −1…1, straight through CIELAB from one end to the other by way of the ground at 0. */
export function differenceColour(part: number, scheme: Scheme): string {
  const { first, second } = ENDS[scheme]
  return interpolateLab(CHART_LOOKS[scheme].land, part > 0 ? first : second)(Math.abs(part))
}

/** A CSS gradient through a function of 0…1. */
export function gradientOf(colourAt: (part: number) => string): string {
  const stops = Array.from({ length: 21 }, (_, index) => colourAt(index / 20))
  return `linear-gradient(90deg, ${stops.join(', ')})`
}
