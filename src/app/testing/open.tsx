/** Opens the lab at an address, as a visitor would, with fakes in the place of its workers. */
import { cdp, page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { App } from '../App.tsx'
import { useCatalogue } from '../data/catalogue.ts'

/** Windows in which pages are tested: CSS pixels. */
export const DESK = { width: 1280, height: 800 }
export const TELEPHONE = { width: 390, height: 844 }

/** Forgets what pages read of the site and of the browser, as loading the lab anew does. */
function forgetCatalogue(): void {
  useCatalogue.setState(useCatalogue.getInitialState(), true)
}

/** Leaves the page that was open and opens `#/…`. */
export async function open(hash: string): Promise<void> {
  await cleanup()
  forgetCatalogue()
  location.hash = hash
  // The route follows the event, which comes in a task of its own.
  await new Promise((done) => setTimeout(done))
  await render(<App />)
}

/** Leaves the page that was open and opens the address that the window has now, as a reload does. */
export async function reload(): Promise<void> {
  await cleanup()
  forgetCatalogue()
  // Forgets what the page held beside the address.
  window.dispatchEvent(new HashChangeEvent('hashchange'))
  await render(<App />)
}

/** What the visitor asked the system for; undefined for neither. */
export async function prefer(preferences: {
  readonly motion?: 'reduce'
  readonly scheme?: 'dark' | 'light'
}): Promise<void> {
  const { motion = '', scheme = '' } = preferences
  await cdp().send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-reduced-motion', value: motion },
      { name: 'prefers-color-scheme', value: scheme },
    ],
  })
}

export async function resizeWindow({ width, height }: typeof DESK): Promise<void> {
  await page.viewport(width, height)
}

/** CSS pixels by which the page is wider than its window. */
export function overhang(): number {
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth - clientWidth
}
