import { expect, it } from 'vitest'
import { CHART_LOOKS } from '../map/looks.ts'
import { amountColour } from './colours.ts'

/** Returns red, green and blue, 0…255, of a colour like `#1a2b3c` or `rgb(26, 43, 60)`. */
function channels(colour: string): number[] {
  const hex = /^#(..)(..)(..)$/.exec(colour)?.slice(1)
  if (hex) return hex.map((pair) => Number.parseInt(pair, 16))
  return (colour.match(/\d+/g) ?? []).map(Number)
}

/** Returns the relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

it('makes the smallest amount visible on the dark ground, and larger amounts more visible', () => {
  const { land } = CHART_LOOKS.dark
  const steps = [0, 0.1, 0.2, 0.4, 0.7, 1].map((part) => contrast(amountColour(part, 'dark'), land))
  expect(steps[0]).toBeGreaterThan(2)
  expect(steps).toEqual(steps.toSorted((a, b) => a - b))
})
