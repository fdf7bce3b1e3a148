import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { refreshModels } from '../data/catalogue.ts'
import { loadShelf } from '../data/shelf.ts'
import { useStudySettings } from '../stores/study-settings.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { Introduction } from '../ui/Introduction.tsx'
import { PlusIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { useAccessInAddress } from './access.ts'
import { takeFiles } from './files.ts'
import { OneStudy } from './OneStudy.tsx'
import classes from './Study.module.css'
import { StudyFilesButton } from './StudyFilesButton.tsx'
import { StudyList } from './StudyList.tsx'
import { useStudies } from './store.ts'
import { createStudy, followStudies } from './studies.ts'

/** Study page: a researcher writes studies, invites labellers, watches them answer, and uses the labels. */
export default function StudyPage() {
  const { study } = useStudySettings()
  useEffect(() => {
    void refreshModels()
    void loadShelf()
    return followStudies()
  }, [])
  const retry = useAccessInAddress()
  return (
    <DropZone
      className={`${kit.page} ${classes.page}`}
      invitation="Drop a study file or answer files"
      onFiles={(files) => void takeFiles(files)}
    >
      {study === '' ? (
        <AllStudies retry={retry} />
      ) : (
        <OneStudy id={study} notes={<Notes retry={retry} />} />
      )}
    </DropZone>
  )
}

interface RetryProps {
  /** Repeats the request for a study file that could not be fetched; undefined if none failed. */
  readonly retry: (() => void) | undefined
}

function AllStudies({ retry }: RetryProps) {
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
      <Notes retry={retry} />
      <StudyList />
    </>
  )
}

/** What went wrong last, and the result of the last action. */
function Notes({ retry }: RetryProps) {
  const { problem, said } = useStudies()
  return (
    <>
      {problem ? (
        <Notice
          tone="problem"
          role="alert"
          action={
            retry ? (
              <Button size="xs" onClick={retry}>
                Try again
              </Button>
            ) : null
          }
        >
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
