import { Button } from '@mantine/core'
import { type RefObject, useMemo } from 'react'
import { currentLabels, type Label } from '../../alignment/labels/index.ts'
import kit from '../ui/kit.module.css'
import { answerName, answerOf } from './answers.ts'
import type { DeskControls } from './desk-controls.ts'
import classes from './Side.module.css'
import { useDesk } from './store.ts'

/** Number of answers in the list; Backspace goes further back. */
const SHOWN = 8

interface HistoryProps {
  readonly desk: DeskControls
  readonly deskRef: RefObject<HTMLElement | null>
}

/** Renders the last answers, newest first, each of which can be changed. */
export function History({ desk, deskRef }: HistoryProps) {
  const log = useDesk((state) => state.log)
  const session = useDesk((state) => state.session)
  const looked = useDesk((state) => state.onDesk?.revisits?.id)
  const scale = useDesk((state) => state.scale)
  const rows = useMemo(() => lastOf(log, session?.id), [log, session])
  const change = (label: Label) => {
    desk.pairs.revisit(label)
    // The row will soon show another answer; the arrow keys answer from anywhere.
    deskRef.current?.focus({ preventScroll: true })
  }
  return (
    <section className={kit.card} aria-labelledby="history-title">
      <h2 className={kit.asideTitle} id="history-title">
        Recent labels
      </h2>
      {rows.length === 0 ? (
        <p className={kit.small}>Your answers appear here. You can change them.</p>
      ) : (
        <ol className={classes.list} reversed>
          {rows.map(({ label, number }) => (
            <li key={number} data-current={label.id === looked || undefined}>
              <span className={kit.faint}>{number}</span>
              <span>{answerName(answerOf(label), scale)}</span>
              <span className={kit.faint}>{(label.responseMs / 1000).toFixed(1)} s</span>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Change pair ${number}`}
                onClick={() => change(label)}
              >
                Change
              </Button>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function lastOf(log: readonly Label[], session: string | undefined) {
  const labels = currentLabels(log.filter((label) => label.session === session))
  const numbered = labels.map((label, index) => ({ label, number: index + 1 }))
  return numbered.slice(-SHOWN).reverse()
}
