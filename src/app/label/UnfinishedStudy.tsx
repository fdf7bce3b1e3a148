import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { encodeInvitation, INVITATION_PARAMETER } from '../../collector/invitation.ts'
import { readSittings, type Sitting } from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'
import { Notice } from '../ui/Notice.tsx'

/** Reminds a labeller of a study that was begun in this browser and not finished. */
export function UnfinishedStudy() {
  const sitting = useUnfinished()
  if (!sitting) return null
  return (
    <Notice
      role="note"
      action={
        <Button component="a" size="xs" variant="default" href={addressOf(sitting)}>
          Continue
        </Button>
      }
    >
      You haven’t finished the study “{sitting.study.title}”.
    </Notice>
  )
}

/** Returns the address of a sitting, whose study is stored in this browser. */
function addressOf({ invitation }: Sitting): string {
  return `#/label?${new URLSearchParams({ [INVITATION_PARAMETER]: encodeInvitation(invitation) })}`
}

/** Returns the sitting that was opened last of those that were agreed to and are neither finished nor withdrawn. */
function useUnfinished(): Sitting | undefined {
  const [unfinished, setUnfinished] = useState<Sitting>()
  useEffect(() => {
    let left = false
    const read = async () => {
      // The desk reports why its database cannot be read.
      const found = await readSittings(await labDatabase()).catch(() => undefined)
      const [latest] = (found?.records ?? [])
        .filter(({ agreedAt, finishedAt, withdrawnAt, study: { closes } }) => {
          const isOver = finishedAt !== undefined || withdrawnAt !== undefined
          const isClosed = closes !== undefined && Date.parse(closes) <= Date.now()
          return agreedAt !== undefined && !isOver && !isClosed
        })
        .toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
      if (!left) setUnfinished(latest)
    }
    void read()
    return () => {
      left = true
    }
  }, [])
  return unfinished
}
