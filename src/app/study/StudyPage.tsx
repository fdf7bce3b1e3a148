import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { refreshModels } from '../data/catalogue.ts'
import { loadShelf } from '../data/shelf.ts'
import { problemOf } from '../sentences.ts'
import { useStudySettings } from '../stores/study-settings.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { Introduction } from '../ui/Introduction.tsx'
import { PlusIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { forgetAccess, openAccess, useAccessInAddress, usePendingAccess } from './access.ts'
import { takeFiles } from './files.ts'
import { useNoticesOfView } from './navigation.ts'
import { OneStudy } from './OneStudy.tsx'
import classes from './Study.module.css'
import { StudyFilesButton } from './StudyFilesButton.tsx'
import { StudyList } from './StudyList.tsx'
import { tellProblem, useStudies } from './store.ts'
import { createStudy, followStudies } from './studies.ts'

/** Study page: a researcher writes studies, invites labellers, watches them answer, and uses the labels. */
export default function StudyPage() {
  const { study } = useStudySettings()
  useEffect(() => {
    void refreshModels()
    void loadShelf()
    return followStudies()
  }, [])
  useNoticesOfView()
  useAccessInAddress()
  return (
    <DropZone
      className={`${kit.page} ${classes.page}`}
      invitation="Drop a study file or answer files"
      onFiles={(files) => void takeFiles(files)}
    >
      {study === '' ? <AllStudies /> : <OneStudy id={study} notes={<Notes />} />}
    </DropZone>
  )
}

function AllStudies() {
  return (
    <>
      <Introduction
        title="Collect labels from many people"
        ways={
          <>
            <Button leftSection={<PlusIcon size={16} />} onClick={() => void createStudy()}>
              New study
            </Button>
            <StudyFilesButton>Open a study file</StudyFilesButton>
          </>
        }
      >
        Write a study, send each person a link, watch the answers come in, settle what is disputed,
        and train on the result. Studies and answers stay in this browser.
      </Introduction>
      <Notes />
      <StudyList />
    </>
  )
}

/** What went wrong last, and the result of the last action. */
function Notes() {
  const { problem, said } = useStudies()
  return (
    <>
      <AccessNotice />
      {problem ? (
        <Notice tone="problem" role="alert">
          {problem}
        </Notice>
      ) : null}
      {said ? (
        <Notice plain role="status">
          {said}
        </Notice>
      ) : null}
    </>
  )
}

/** Why the study of a researcher's link could not be opened. */
function AccessNotice() {
  const { failed, problem } = usePendingAccess()
  if (!failed) return null
  return (
    <Notice
      tone="problem"
      role="alert"
      action={
        <div className={kit.row}>
          <Button size="xs" onClick={() => void openAccess(failed)}>
            Try again
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              forgetAccess().catch((error: unknown) => tellProblem(problemOf(error)))
            }}
          >
            Forget the link
          </Button>
        </div>
      }
    >
      {problem} This browser keeps the link.
    </Notice>
  )
}
