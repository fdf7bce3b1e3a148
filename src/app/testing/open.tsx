/** Opens the lab at an address, as a visitor would, with fake workers. */
import { cdp, page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { App } from '../App.tsx'
import { useCatalogue } from '../data/catalogue.ts'

/** Window sizes for tests, in CSS pixels. */
export const DESK = { width: 1280, height: 800 }
export const TELEPHONE = { width: 390, height: 844 }

/** Resets the catalogue that pages have read from the site and the browser, as a page load does. */
function forgetCatalogue(): void {
  useCatalogue.setState(useCatalogue.getInitialState(), true)
}

/** Unmounts the open page and opens another at this hash, such as `#/watch`. */
export async function open(hash: string): Promise<void> {
  await cleanup()
  forgetCatalogue()
  location.hash = hash
  // The route follows the `hashchange` event, which is dispatched in a later task.
  await new Promise((done) => setTimeout(done))
  await render(<App />)
}

/** Unmounts the open page and opens the current address, as a reload does. */
export async function reload(): Promise<void> {
  await cleanup()
  forgetCatalogue()
  // Resets the page state that is not in the address.
  window.dispatchEvent(new HashChangeEvent('hashchange'))
  await render(<App />)
}

/** Emulates system preferences; those left out are reset. */
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

/** Returns the CSS pixels by which the page is wider than its window; 0 if it fits. */
export function overhang(): number {
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth - clientWidth
}
