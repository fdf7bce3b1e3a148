/** Settings of a page that live in its address, so that a link reproduces what is shown. */
import { useMemo } from 'react'
import { replaceParams, useRoute } from './route.ts'
import {
  type AnyProperties,
  paramsBeforeHash,
  readProperties,
  type Values,
  withSearch,
  writeProperties,
} from './url-properties.ts'

interface AddressSettings<Settings> {
  current(): Settings
  /** Hook that returns the settings and rerenders when they change. */
  useSettings(): Settings
  /** Returns the parameters with these settings; `base` is kept otherwise, the present address by default. */
  paramsWith(changes: Partial<Settings>, base?: URLSearchParams): URLSearchParams
  /** Changes settings in the address without a new history entry. */
  change(changes: Partial<Settings>): void
}

/**
 * Returns access to the settings of a table of properties. Parameters before the hash count too, so a
 * link such as `?device=wasm#/watch` works for every page.
 */
export function addressSettings<P extends AnyProperties>(table: P): AddressSettings<Values<P>> {
  const read = (params: URLSearchParams) => readProperties(table, withSearch(params))
  const paramsWith = (changes: Partial<Values<P>>, base = useRoute.getState().params) =>
    writeProperties(table, changes, base, paramsBeforeHash())
  return {
    current: () => read(useRoute.getState().params),
    useSettings: () => {
      const params = useRoute((route) => route.params)
      return useMemo(() => read(params), [params])
    },
    paramsWith,
    change: (changes) => replaceParams(paramsWith(changes)),
  }
}
