import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { useCollectorState } from '../collector.ts'
import classes from './Progress.module.css'

const WORDS = {
  none: 'Not connected to the collector.',
  connecting: 'Reading what the collector holds…',
  live: 'Connected: answers appear as they are given.',
  away: 'The collector cannot be reached. What arrived before is shown.',
  refused:
    'The collector refuses this access: run “study renew” and open the new link. What arrived before is shown.',
} as const

/** Whether the page follows the collector, and what is still to be sent to it. */
export function ConnectionState() {
  const { state, reason, refused, unsent } = useCollectorState()
  return (
    <>
      <p className={`${kit.item} ${classes.connection}`} role="status" aria-label="Collector">
        <span className={classes.lamp} data-state={state} aria-hidden="true" />
        {WORDS[state]}
        {unsent > 0 ? ` ${countOf(unsent, 'decision')} to be sent.` : ''}
      </p>
      {reason ? <Notice tone="warning">{reason}</Notice> : null}
      {refused > 0 ? (
        <Notice tone="warning" role="note">
          {countOf(refused, 'message')} in the collector {refused === 1 ? 'does' : 'do'} not belong
          to this study or {refused === 1 ? 'was' : 'were'} sent under another labeller’s number,
          and {refused === 1 ? 'is' : 'are'} not counted.
        </Notice>
      ) : null}
    </>
  )
}
