import { Button } from '@mantine/core'
import { PARTS, recipesOf } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import { useTraining } from '../../stores/training.ts'
import { isOver, tookWords } from '../../training/words.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import kit from '../../ui/kit.module.css'
import { askQueue, saveCurves, saveDownload } from '../actions.ts'
import { Controls } from '../live/Controls.tsx'
import { CurveGrid } from '../live/CurveGrid.tsx'
import { Parting } from '../live/Parting.tsx'
import { Outcome } from '../Outcome.tsx'
import { changesIn } from '../recipes.ts'
import { fieldName, numberWords } from '../words.ts'
import { Annotations } from './Annotations.tsx'
import classes from './Runs.module.css'

/** Details of a run: its result, curves, recipe and record, and its actions. */
export function RunDetails({ run }: { readonly run: Run }) {
  const over = isOver(run.state)
  const live = useTraining((state) => state.live?.id === run.id)
  // The tab that trains holds the queue, and perhaps this run: only there do the controls work.
  const elsewhere = useTraining((state) => state.elsewhere)
  return (
    <div className={`${kit.stack} ${classes.details}`}>
      {over ? <Outcome run={run} /> : null}
      {run.state === 'paused' && !live && !elsewhere ? (
        <Controls run={run} live={undefined} />
      ) : null}
      <Parting plan={run.plan} curves={run.curves} />
      <Annotations run={run} />
      <CurveGrid plan={run.plan} curves={run.curves} over={over} />
      <Recipe run={run} />
      <div className={kit.row}>
        {over ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => askQueue((queue) => queue.repeat(run.id))}
          >
            Repeat
          </Button>
        ) : null}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => saveDownload(({ downloadRun }) => downloadRun(run.id))}
        >
          Record (JSON)
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => saveCurves([run])}>
          Curves (CSV)
        </Button>
        {over && run.result ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => saveDownload(({ downloadCheckpoint }) => downloadCheckpoint(run))}
          >
            Parameters (safetensors)
          </Button>
        ) : null}
        {over || run.state === 'queued' ? (
          <ConfirmButton
            size="compact-sm"
            first={{ words: 'Delete', name: `Delete: ${run.name}` }}
            then={{ words: 'Delete for good?', name: `Delete for good?: ${run.name}` }}
            onConfirm={() => askQueue((queue) => queue.remove(run.id))}
          />
        ) : null}
      </div>
    </div>
  )
}

/** All settings of a run, with the changed ones in bold, and its record. */
function Recipe({ run }: { readonly run: Run }) {
  const changed = changesIn(run.plan).map(({ part, name }) => `${part}.${name}`)
  const { plan, devices, resumes, partSeconds } = run
  return (
    <details>
      <summary>Recipe and record</summary>
      <div className={classes.recipes}>
        {recipesOf(plan).map(({ part, values }) => (
          <div key={part}>
            <h4 className={kit.label}>
              {PARTS[part].title}
              {partSeconds[part] === undefined ? '' : `, ${tookWords(partSeconds[part])}`}
            </h4>
            <dl>
              {Object.entries(values).map(([name, value]) => (
                <div key={name} className={classes.pair}>
                  <dt className={kit.faint}>{fieldName(name)}</dt>
                  <dd data-changed={changed.includes(`${part}.${name}`) || undefined}>
                    {typeof value === 'number' ? numberWords(value) : String(value)}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
        <div>
          <h4 className={kit.label}>Record</h4>
          <dl>
            <div className={classes.pair}>
              <dt className={kit.faint}>Seed</dt>
              <dd>{plan.seed}</dd>
            </div>
            <div className={classes.pair}>
              <dt className={kit.faint}>World</dt>
              <dd>version {plan.worldVersion}</dd>
            </div>
            <div className={classes.pair}>
              <dt className={kit.faint}>Start</dt>
              <dd>
                <code title={plan.start.sha256}>{plan.start.sha256.slice(0, 8)}</code>
              </dd>
            </div>
            <div className={classes.pair}>
              <dt className={kit.faint}>Device</dt>
              <dd>{devices.map(({ name }) => name).join(', then ') || '–'}</dd>
            </div>
            <div className={classes.pair}>
              <dt className={kit.faint}>Resumed from a checkpoint</dt>
              <dd>{resumes === 1 ? 'once' : `${resumes} times`}</dd>
            </div>
          </dl>
        </div>
      </div>
    </details>
  )
}
