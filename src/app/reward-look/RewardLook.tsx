import { Button, NativeSelect } from '@mantine/core'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Candidate } from '../data/candidates.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { Agreement } from './Agreement.tsx'
import { ByEnding } from './ByEnding.tsx'
import classes from './Look.module.css'
import { Occlusion } from './Occlusion.tsx'
import { Pairs } from './Pairs.tsx'
import type { RewardReader } from './reward-reader.ts'
import { type ScoredLabels, type Scores, useLabelSets, useReader, useScores } from './use-look.ts'

interface RewardLookProps {
  readonly model: Candidate
}

/**
 * Look into a reward model: how well it agrees with labels, where it is wrong or unsure, its rewards by
 * outcome, and what it looks at. Starts to score clips as soon as it is mounted.
 */
export default function RewardLook({ model }: RewardLookProps) {
  const reader = useReader(model)
  const { sets, problem } = useLabelSets(model)
  const [chosen, setChosen] = useState<string>()
  const [attempt, setAttempt] = useState(0)
  const set = sets?.find(({ id }) => id === chosen) ?? sets?.[0]
  const { scores, stop } = useScores(reader, set, attempt)
  const look = useRef<HTMLDivElement>(null)
  if (problem !== undefined) return <Notice role="alert">{problem}</Notice>
  if (sets === undefined) return <p className={kit.pending}>Reading the labels…</p>
  if (set === undefined) {
    return (
      <p className={kit.sentence}>
        There are no labels in this browser to compare this reward model with, and the jumppad that
        it prefers is not known: label pairs of clips first.
      </p>
    )
  }
  return (
    <div ref={look} tabIndex={-1} className={`${kit.stack} ${classes.look}`}>
      <div className={classes.source}>
        <NativeSelect
          label="Compare it with"
          data={sets.map(({ id, title }) => ({ value: id, label: title }))}
          value={set.id}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <p className={kit.sentence}>{set.note}</p>
      </div>
      {scores?.kind === 'scored' && reader ? (
        <Findings key={set.id} model={model} reader={reader} labels={scores.labels} />
      ) : (
        <Working
          scores={scores}
          onStop={stop}
          onAgain={() => setAttempt((count) => count + 1)}
          onFocusLost={() => look.current?.focus()}
        />
      )}
    </div>
  )
}

interface WorkingProps {
  readonly scores: Exclude<Scores, { kind: 'scored' }> | Scores | undefined
  onStop(): void
  onAgain(): void
  /** Called when the last clip is scored while the button has the focus, which then disappears. */
  onFocusLost(): void
}

/** Progress, or the reason why it ended, with one button, which keeps the focus whatever it does at present. */
function Working({ scores, onStop, onAgain, onFocusLost }: WorkingProps) {
  const button = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of this component is of interest
  useLayoutEffect(() => {
    const own = button.current
    return () => {
      if (own && own === document.activeElement) onFocusLost()
    }
  }, [])
  const isFailed = scores?.kind === 'failed'
  const isOver = isFailed || scores?.kind === 'stopped'
  const { doing, part } = scores?.kind === 'working' ? scores : { doing: 'Starting', part: 0 }
  const words = isFailed ? 'Try again' : isOver ? 'Start again' : 'Stop'
  return (
    <Notice
      plain={!isOver}
      {...(isOver && { role: isFailed ? 'alert' : 'status' })}
      action={
        <Button
          ref={button}
          size="compact-sm"
          variant="default"
          onClick={isOver ? onAgain : onStop}
        >
          {words}
        </Button>
      }
    >
      {isFailed ? scores.problem : null}
      {scores?.kind === 'stopped' ? 'Stopped.' : null}
      {isOver ? null : (
        <span className={kit.row}>
          <progress className={classes.progress} aria-label={doing} value={part} max={1} />
          <span className={kit.small}>
            {doing}: {Math.floor(100 * part)} %
          </span>
        </span>
      )}
    </Notice>
  )
}

interface FindingsProps {
  readonly model: Candidate
  readonly reader: RewardReader
  readonly labels: ScoredLabels
}

function Findings({ model, reader, labels }: FindingsProps) {
  /** Index of the clip whose frames are looked at. */
  const [clip, setClip] = useState(0)
  const occlusion = useRef<HTMLElement>(null)
  const lookAt = (next: number) => {
    setClip(next)
    // It may be far below the button, out of sight.
    occlusion.current?.focus()
  }
  return (
    <div className={classes.findings}>
      <Agreement labels={labels} />
      <ByEnding labels={labels} />
      <Pairs model={model} labels={labels} onLookAt={lookAt} />
      <Occlusion ref={occlusion} reader={reader} labels={labels} clip={clip} onClip={setClip} />
    </div>
  )
}
