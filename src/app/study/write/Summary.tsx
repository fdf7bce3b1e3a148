import { Button, Progress } from '@mantine/core'
import { useMemo } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import {
  isPrepared,
  type PreparedStudy,
  type Study,
  scheduleOf,
  secondsPerPair,
  studySize,
} from '../../../study/index.ts'
import { useLabelSeconds } from '../../data/use-label-seconds.ts'
import { studyAddress } from '../../stores/study-settings.ts'
import { timeWords, whole } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { Values } from '../../ui/Values.tsx'
import { sentence } from '../form.tsx'
import { useEditing } from './editing.ts'
import { endPreparation, prepare, usePreparation } from './preparation.ts'
import classes from './Write.module.css'

interface SummaryProps {
  readonly entry: StudyEntry
  /** Study as it is typed. */
  readonly study: Study
  readonly problems: ReadonlyMap<string, string>
}

/** Derived numbers of a study, whether it is saved, and its preparation. */
export function Summary({ entry, study, problems }: SummaryProps) {
  const size = studySize(study)
  const isOutdated = useEditing((state) => state.outdated.includes(entry.id))
  const shown = useMemo(() => (isPrepared(study) ? longestSchedule(study) : undefined), [study])
  return (
    <aside className={`${kit.card} ${classes.aside}`} tabIndex={-1} aria-label="Summary">
      <h2 className={kit.asideTitle}>Workload</h2>
      <Values
        values={[
          { name: 'different pairs', value: whole(size.pairs) },
          shown === undefined
            ? { name: 'pairs shown to each, at most', value: whole(size.shown) }
            : { name: 'pairs shown to each', value: whole(shown) },
          { name: 'labels in all', value: whole(size.labels) },
        ]}
      />
      <p className={kit.small}>{useDurationWords(study, shown ?? size.shown)}</p>
      <SaveState entry={entry} problems={problems} />
      <Preparation
        entry={entry}
        prepared={isPrepared(study)}
        isReady={problems.size === 0 && !isOutdated}
      />
    </aside>
  )
}

/** Returns the number of pairs that a labeller is shown; some are shown one or two fewer. */
function longestSchedule(study: PreparedStudy): number {
  const slots = Array.from({ length: study.design.labellers }, (_, index) => index + 1)
  return Math.max(...slots.map((slot) => scheduleOf(study, slot).length))
}

/** Returns how long a labeller takes, from measured answers or from the clips' own length. */
function useDurationWords(study: Study, shown: number): string {
  const median = useLabelSeconds()
  const playing = useMemo(() => (isPrepared(study) ? secondsPerPair(study) : undefined), [study])
  if (median !== undefined) {
    return `A labeller takes about ${timeWords(shown * median)}: your own median in this browser is ${median.toFixed(1)} s a pair.`
  }
  if (playing !== undefined) {
    return `The clips alone play for ${timeWords(shown * playing)} per labeller: ${playing.toFixed(1)} s a pair.`
  }
  return 'How long a labeller takes is estimated once the clips are played, or once you have labelled ten pairs in this browser.'
}

const CHANGED_ELSEWHERE = 'The study was changed in another tab.'

function SaveState({ entry, problems }: Pick<SummaryProps, 'entry' | 'problems'>) {
  const typed = useEditing((state) => state.typed[entry.id])
  const isDraft = useEditing((state) => state.drafts.includes(entry.id))
  const isOutdated = useEditing((state) => state.outdated.includes(entry.id))
  const problem = useEditing((state) => state.problem)
  const [first] = problems.values()
  const wrong = first === undefined ? isOutdated && CHANGED_ELSEWHERE : sentence(first)
  const words =
    problem ??
    (wrong
      ? `${isDraft ? 'Saved as a draft' : 'Not saved yet'}. Problem: ${wrong}`
      : typed
        ? 'Saving…'
        : 'Saved in this browser.')
  return (
    <p
      className={`${kit.small} ${wrong || problem ? classes.problem : ''}`}
      role="status"
      aria-label="Saved"
    >
      {words}
    </p>
  )
}

interface PreparationProps {
  readonly entry: StudyEntry
  readonly prepared: boolean
  /** Whether the study can be prepared as it is typed. */
  readonly isReady: boolean
}

function Preparation({ entry, prepared, isReady }: PreparationProps) {
  const state = usePreparation()
  const own = state.study === entry.id
  if (own && state.running) return <Progressing />
  if (prepared) {
    return (
      <div className={kit.stack} data-tight>
        <p className={kit.small} role="status" aria-label="Preparation">
          {(own && state.done) || 'The clips are played and the pairs are drawn.'}
        </p>
        <Button component="a" href={studyAddress(entry.id, 'invite')}>
          Invite labellers
        </Button>
      </div>
    )
  }
  return (
    <div className={kit.stack} data-tight>
      <p className={kit.small}>
        Preparing plays the clips in this browser and draws the pairs. After that, agents, island,
        counts and seed are locked.
      </p>
      {own && state.problem ? (
        <Notice tone="problem" role="alert">
          {state.problem}
        </Notice>
      ) : null}
      <Button disabled={!isReady || state.running} onClick={() => void prepare(entry)}>
        Prepare the study
      </Button>
    </div>
  )
}

function Progressing() {
  const { agent, played, of } = usePreparation()
  return (
    <div className={kit.stack} data-tight>
      <Progress.Root size="lg">
        <Progress.Section
          value={(100 * played) / of}
          withAria={false}
          role="progressbar"
          aria-label="Progress of the preparation"
          aria-valuemin={0}
          aria-valuemax={of}
          aria-valuenow={played}
          aria-valuetext={`${played} of ${of} clips`}
        />
      </Progress.Root>
      <p className={kit.small}>
        {agent ? `${agent} is playing: ` : ''}
        {whole(played)} of {whole(of)} clips
      </p>
      <Button variant="default" onClick={endPreparation}>
        Cancel
      </Button>
    </div>
  )
}
