import { describe, expect, it } from 'vitest'
import { checkNode, compareVersions, SetupError, satisfies } from './setup.mjs'

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

describe('satisfies', () => {
  it.each([
    ['20.18.9', false],
    ['20.19.0', true],
    ['20.20.2', true],
    ['21.7.3', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.0.0', true],
  ])('%s', (version, expected) => {
    // Vite's own range, which excludes odd major versions in between.
    expect(satisfies(version, '^20.19.0 || >=22.12.0')).toBe(expected)
  })
})

describe('checkNode', () => {
  it('accepts the current Node version, and explains what is wrong with an old one', () => {
    expect(() => checkNode()).not.toThrow()
    expect(() => checkNode('18.20.4')).toThrow(SetupError)
    expect(() => checkNode('18.20.4')).toThrow(/needs Node \^20.19.0 .*; this is 18.20.4/)
  })
})
