import { describe, expect, it } from 'vitest'
import { checkNode, compareVersions, SetupError } from './setup.mjs'

describe('compareVersions', () => {
  it.each([
    ['20.19.0', '20.19.0', 0],
    ['20.9.0', '20.19.0', -1],
    ['22.0.0', '20.19.0', 1],
    ['20.19.1', '20.19.0', 1],
  ])('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign)
  })
})

describe('checkNode', () => {
  it('lets this Node pass, and tells what is wrong with an old one', () => {
    expect(() => checkNode()).not.toThrow()
    expect(() => checkNode('18.20.4')).toThrow(SetupError)
    expect(() => checkNode('18.20.4')).toThrow(/needs Node 20.19.0 or newer; this is 18.20.4/)
  })
})
