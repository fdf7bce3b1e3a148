import { expect, it } from 'vitest'
import { endingColour } from './sentences.ts'

it('gives each ending of an island with other jumppads a colour of its own', () => {
  const endings = ['none', 'beach', 'left', 'hill', 'dock']
  const colours = endings.map((ending) => endingColour(ending, endings))
  expect(new Set(colours).size).toBe(endings.length)
  expect(colours[2]).toBe(endingColour('left'))
})
