import { Text } from '@mantine/core'
import { PARTS, partsOf } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import { useCandidates } from '../../data/candidates.ts'
import { stageFamily } from '../../stages.ts'
import { useTraining } from '../../stores/training.ts'
import { isOver, leftWords, STATE_WORDS, tookWords } from '../../training/words.ts'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { Outcome } from '../Outcome.tsx'
import { sourceWords } from '../words.ts'
import { Controls } from './Controls.tsx'
import { CurveGrid } from './CurveGrid.tsx'
import classes from './Live.module.css'
import { Parting } from './Parting.tsx'
import { PolicyMap } from './PolicyMap.tsx'
import { Stepper } from './Stepper.tsx'
import { useLatest } from './use-latest.ts'

/** Current training, or the result of the latest one of this visit. */
export function Now() {
  const run = useLatest()
  if (!run) return null
  return (
    <section
      className={`${kit.card} ${classes.card}`}
      id="training-now"
      tabIndex={-1}
      aria-labelledby="training-now-title"
    >
      {isOver(run.state) ? <Over run={run} /> : <UnderWay run={run} />}
    </section>
  )
}

function UnderWay({ run }: { readonly run: Run }) {
  const live = useTraining((state) => (state.live?.id === run.id ? state.live : undefined))
  const waiting = useTraining(({ runs }) => runs?.filter(({ state }) => state === 'queued').length)
  const elsewhere = useTraining((state) => state.elsewhere) && !live
  const stage = useCandidates().find(({ sha256 }) => sha256 === run.plan.start.sha256)?.stage
  const moves = partsOf(run.plan).some((part) => PARTS[part].play)
  const percent = live ? Math.floor(100 * live.progress) : undefined
  const queue = waiting ? ` ${waiting} more in the queue.` : ''
  return (
    <>
      <header className={`${kit.head} ${classes.header}`}>
        <div className={classes.names}>
          <h2 className={kit.heading} id="training-now-title">
            {run.name}
          </h2>
          <Text size="sm" c="dimmed" component="p">
            {live ? (
              <>
                <Text component="strong" inherit fw={700} c="var(--accent)">
                  {percent} %
                </Text>{' '}
                · {leftWords(live)} · {tookWords(run.seconds)} so far
              </>
            ) : (
              `${STATE_WORDS[run.state]}${elsewhere ? ' in another tab' : ''}`
            )}
            {'labels' in run.plan ? ` · ${sourceWords(run.plan.labels)}` : ''}.{queue}
          </Text>
        </div>
        {elsewhere ? null : <Controls run={run} live={live} />}
      </header>
      {live?.notice ? (
        <Notice tone="warning" role="status">
          {live.notice}
        </Notice>
      ) : null}
      <div
        className={classes.body}
        data-live={live !== undefined || undefined}
        data-map={(live && moves) || undefined}
      >
        {live ? <Stepper run={run} live={live} /> : null}
        <CurveGrid key={run.id} plan={run.plan} curves={run.curves} over={false} />
        {live && moves ? (
          <PolicyMap key={`map ${run.id}`} id={run.id} startStage={stageFamily(stage ?? 'other')} />
        ) : null}
      </div>
      <Parting key={`parting ${run.id}`} plan={run.plan} curves={run.curves} />
    </>
  )
}

function Over({ run }: { readonly run: Run }) {
  return (
    <>
      <header className={`${kit.head} ${classes.header}`}>
        <h2 className={kit.heading} id="training-now-title">
          {STATE_WORDS[run.state]}: {run.name}
        </h2>
      </header>
      <Outcome run={run} />
      <Parting key={`parting ${run.id}`} plan={run.plan} curves={run.curves} />
      <CurveGrid key={run.id} plan={run.plan} curves={run.curves} over />
    </>
  )
}
