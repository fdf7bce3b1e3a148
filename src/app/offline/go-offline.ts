/** Starts caching the lab for offline use once the page is idle, so as not to compete for the network. */

/** Maximum delay in milliseconds, which leaves the first animation time to start. */
const PATIENCE = 4_000

export function goOffline(): void {
  // A development server's files change, and browsers have service workers only on secure pages.
  if (!import.meta.env.PROD || !navigator.serviceWorker) return
  // If it fails, only offline use is lost.
  const start = () => void import('./keep.ts').then(({ keep }) => keep()).catch(() => undefined)
  const whenIdle = () => {
    if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: PATIENCE })
    else setTimeout(start, PATIENCE)
  }
  if (document.readyState === 'complete') whenIdle()
  else window.addEventListener('load', whenIdle, { once: true })
}
