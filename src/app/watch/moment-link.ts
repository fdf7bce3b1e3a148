/** The address of a moment of what is watched. */
import type { Script } from '../../lab/acting/protocol.ts'
import { useRoute } from '../stores/route.ts'
import { useWatch } from '../stores/watch.ts'
import { withMoment } from '../stores/watch-moment.ts'
import type { Slot } from './slot.ts'

/** The part of the address that names a moment. */
export function momentOf(params: URLSearchParams): string {
  return ['play', 'by', 'world', 't', 'clip'].map((name) => params.get(name) ?? '').join()
}

/** The address of exactly this moment: it carries what has been done so far. */
export function linkTo(slots: readonly Slot[]): string {
  const scripts = slots.map(({ lane }): Script => {
    const tape = lane?.tape.slice(0, lane.shown) ?? []
    const authors = tape.map(({ author }) => author).join('')
    return { actions: Uint16Array.from(tape, ({ action }) => action), authors }
  })
  const at = useWatch.getState().decisions
  const params = withMoment(useRoute.getState().params, scripts, at)
  return `${location.href.split('#')[0]}#/watch?${params}`
}
