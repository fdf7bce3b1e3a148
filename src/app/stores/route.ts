/**
 * Route in the hash of the address: `#/watch?seed=7` is the page `watch` with its parameters, and `#/`
 * the landing page, whose name is empty.
 */
import { create } from 'zustand'

export interface Route {
  readonly page: string
  readonly params: URLSearchParams
}

function parseHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  return { page: path, params: new URLSearchParams(query) }
}

function printHash({ page, params }: Route): string {
  const query = params.toString()
  return query ? `#/${page}?${query}` : `#/${page}`
}

export const useRoute = create<Route>(() => parseHash(window.location.hash))

window.addEventListener('hashchange', () => useRoute.setState(parseHash(window.location.hash)))

/** Replaces the parameters of this page without a new history entry. */
export function replaceParams(params: URLSearchParams): void {
  const route = { page: useRoute.getState().page, params }
  window.history.replaceState(window.history.state, '', printHash(route))
  useRoute.setState(route)
}
