import { Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import { readSweepState, SWEEP_STATE_PATH, type SweepState } from '../../procedure/sweep-status.ts'
import { useRoute } from '../stores/route.ts'
import { countOf, timeWords } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Values } from '../ui/Values.tsx'

/** Milliseconds between two looks at the sweep. */
const LOOK_EVERY = 2000

type Found = { readonly kind: 'state'; readonly state: SweepState } | { readonly kind: 'away' }

/** Progress of a sweep on other machines; nothing unless the address asks for it. */
export function SweepCard() {
  const isAsked = useRoute((route) => route.params.get('sweep') === 'status')
  return isAsked ? <Sweep /> : null
}

function Sweep() {
  const found = useSweep()
  return (
    <section className={kit.card} aria-labelledby="sweep-title">
      <h2 className={kit.cardTitle} id="sweep-title">
        {found?.kind === 'state' ? found.state.title : 'Sweep on other machines'}
      </h2>
      {found === undefined ? <p>Reading its state…</p> : null}
      {found?.kind === 'away' ? (
        <p role="status">
          The command that asked for the sweep does not answer. Its cells stay on the queue: run the
          same command again to fetch their results.
        </p>
      ) : null}
      {found?.kind === 'state' ? <State state={found.state} /> : null}
    </section>
  )
}

function State({ state }: { readonly state: SweepState }) {
  const { asked, done, failed, running } = state
  const waiting = Math.max(0, asked - done - failed - running.length)
  return (
    <>
      <Progress
        value={asked === 0 ? 0 : (100 * done) / asked}
        aria-label="Finished cells"
        size="lg"
        my="sm"
      />
      <Values
        values={[
          { name: 'finished', value: `${done} of ${asked}` },
          { name: 'running', value: String(running.length) },
          { name: 'waiting', value: String(waiting) },
          { name: 'failed', value: String(failed) },
        ]}
      />
      {running.length === 0 ? (
        <p className={kit.small}>
          {waiting === 0
            ? 'No cell is under way.'
            : 'No worker is at it: start one with “lab worker”.'}
        </p>
      ) : (
        <ul aria-label={countOf(running.length, 'worker')}>
          {running.map(({ worker, title, seconds }) => (
            <li key={worker}>
              <strong>{worker}</strong>: {title}, for {timeWords(seconds)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Returns the state of the sweep, read again every two seconds while the page is shown. */
function useSweep(): Found | undefined {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    const away = new AbortController()
    const look = () =>
      fetchState(away.signal).then(
        (state) => setFound(state ? { kind: 'state', state } : { kind: 'away' }),
        () => away.signal.aborted || setFound({ kind: 'away' }),
      )
    void look()
    const looks = setInterval(() => void look(), LOOK_EVERY)
    return () => {
      away.abort()
      clearInterval(looks)
    }
  }, [])
  return found
}

async function fetchState(signal: AbortSignal): Promise<SweepState | undefined> {
  const address = new URL(`${import.meta.env.BASE_URL}${SWEEP_STATE_PATH}`, location.href)
  const response = await fetch(address, { signal, cache: 'no-store' })
  return response.ok ? readSweepState(await response.json()) : undefined
}
