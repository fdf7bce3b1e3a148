/** Starts what keeps the lab for offline use, once the page has no better use for the network. */

/** Leaves the first movement its time, in milliseconds. */
const PATIENCE = 4_000

export function goOffline(): void {
  // A development server's files change; and browsers have service workers only on secure pages.
  if (!import.meta.env.PROD || !navigator.serviceWorker) return
  // Nothing is lost without it but the way without a network.
  const start = () => void import('./keep.ts').then(({ keep }) => keep()).catch(() => undefined)
  const whenIdle = () => {
    if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: PATIENCE })
    else setTimeout(start, PATIENCE)
  }
  if (document.readyState === 'complete') whenIdle()
  else window.addEventListener('load', whenIdle, { once: true })
}
