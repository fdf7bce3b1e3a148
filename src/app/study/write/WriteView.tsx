import { Button } from '@mantine/core'
import { useEffect } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import { isPrepared, type Study } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { useGathered } from '../gathered.ts'
import { useHandedOut } from '../handed-out.ts'
import { copyStudy } from '../studies.ts'
import { AgentsSection } from './AgentsSection.tsx'
import {
  changeStudy,
  discardTyped,
  problemsIn,
  saveTyped,
  useEditing,
  useTyped,
} from './editing.ts'
import { usePreparation } from './preparation.ts'
import { Summary } from './Summary.tsx'
import {
  DesignSection,
  EndSection,
  KnownPairsSection,
  PracticeTextsSection,
  QuestionSection,
  type SectionInput,
  TextsSection,
} from './sections.tsx'
import classes from './Write.module.css'

/** Form that writes a study. What is typed is saved after a moment. */
export function WriteView({ entry }: { readonly entry: StudyEntry }) {
  useSavedOnLeaving()
  const study = useTyped(entry)
  return study ? (
    <Form entry={entry} study={study} />
  ) : (
    <p className={kit.sentence}>Reading the study…</p>
  )
}

interface FormProps {
  readonly entry: StudyEntry
  /** Study as it is typed. */
  readonly study: Study
}

function Form({ entry, study }: FormProps) {
  const preparing = usePreparation((state) => state.running && state.study === entry.id)
  const digest = useGathered((state) => state.digest)
  // Answers to an earlier version do not fix this one.
  const answered = useGathered(({ messages }) =>
    messages.some((message) => 'digest' in message && message.digest === digest),
  )
  const handedOut = useHandedOut(study, digest)
  const served = entry.access !== undefined
  const input: SectionInput = {
    study,
    problems: problemsIn(study),
    prepared: isPrepared(study),
    locked: preparing || answered || served || handedOut,
    change: (change) => changeStudy(entry, change),
  }
  return (
    <div className={classes.write}>
      <div className={kit.stack}>
        <Outdated study={study} />
        <Fixed entry={entry} prepared={input.prepared} {...{ answered, served, handedOut }} />
        <QuestionSection {...input} />
        <AgentsSection {...input} />
        <DesignSection {...input} />
        <KnownPairsSection {...input} />
        <PracticeTextsSection {...input} />
        <TextsSection {...input} />
        <EndSection {...input} />
      </div>
      <Summary entry={entry} study={study} problems={input.problems} />
    </div>
  )
}

/** Saves what was typed when the view or the page is left. */
function useSavedOnLeaving(): void {
  useEffect(() => {
    const save = () => void saveTyped()
    window.addEventListener('pagehide', save)
    document.addEventListener('visibilitychange', save)
    return () => {
      window.removeEventListener('pagehide', save)
      document.removeEventListener('visibilitychange', save)
      save()
    }
  }, [])
}

/** Says that what is typed cannot be saved, as the study was changed elsewhere, and offers what can be done with it. */
function Outdated({ study }: Pick<FormProps, 'study'>) {
  const isOutdated = useEditing((state) => state.outdated.includes(study.id))
  if (!isOutdated) return null
  const discard = () => void discardTyped(study.id)
  const goOn = async () => {
    if (await copyStudy(study)) discard()
  }
  return (
    <Notice
      tone="warning"
      role="alert"
      action={
        <div className={kit.row}>
          <Button size="xs" variant="default" onClick={() => void goOn()}>
            Continue as a new version
          </Button>
          <Button size="xs" variant="default" onClick={discard}>
            Discard what is typed here
          </Button>
        </div>
      }
    >
      The study was changed in another tab after you began to type here. What you typed is kept as a
      draft, and the changed study stays as it is: continue with your draft as a new version, or
      discard it to see the changed study.
    </Notice>
  )
}

interface FixedProps {
  readonly entry: StudyEntry
  readonly prepared: boolean
  readonly answered: boolean
  readonly served: boolean
  readonly handedOut: boolean
}

/** Says what can no longer be changed, and offers a copy. */
function Fixed({ entry, prepared, answered, served, handedOut }: FixedProps) {
  if (!prepared) return null
  const why = answered
    ? 'Answers have arrived, so this study can no longer be changed.'
    : served
      ? 'A collector serves this study, so it can no longer be changed.'
      : handedOut
        ? 'Links of this study were copied or exported, and they name it as it is, so it can no longer be changed.'
        : 'This study is prepared, so its agents, island, counts and seed can no longer be changed. Its texts can until you copy or export links.'
  return (
    <Notice
      role="note"
      action={
        <Button size="xs" variant="default" onClick={() => void copyStudy(entry.study)}>
          Edit as a new version
        </Button>
      }
    >
      {why}
    </Notice>
  )
}
