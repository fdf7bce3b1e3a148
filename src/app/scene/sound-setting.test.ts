import { afterEach, beforeEach, expect, it, vi } from 'vitest'

/** Number of pages so far, each of which has an instance of the module. */
let pages = 0

/** Loads the setting in a page whose browser has stored `text`, or nothing. */
async function settingAfter(text: string | undefined) {
  const kept = new Map(text === undefined ? [] : [['jumppad-sound', text]])
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  const { useSoundSetting }: typeof import('./sound-setting.ts') = await import(
    `./sound-setting.ts?page=${pages++}`
  )
  return { useSoundSetting, kept }
}

beforeEach(() => void vi.stubGlobal('window', globalThis))
afterEach(() => void vi.unstubAllGlobals())

it('is silent at first, and remembers the visitor’s choice', async () => {
  const { useSoundSetting, kept } = await settingAfter(undefined)
  expect(useSoundSetting.getState().on).toBe(false)
  useSoundSetting.setState({ on: true })
  const again = await settingAfter(kept.get('jumppad-sound'))
  expect(again.useSoundSetting.getState().on).toBe(true)
})

it('stays silent when an invalid setting was stored', async () => {
  for (const state of [{ on: 'yes' }, {}, null, 5]) {
    const { useSoundSetting } = await settingAfter(JSON.stringify({ state, version: 1 }))
    expect(useSoundSetting.getState()).toEqual({ on: false })
  }
})
