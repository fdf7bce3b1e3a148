import { Button, type ButtonProps } from '@mantine/core'
import { useMemo } from 'react'
import { ExportIcon } from '../../ui/icons.tsx'
import { canShareAnswers, handIn } from './handing-in.ts'
import classes from './Participation.module.css'
import type { Participation } from './participation.ts'
import { useParticipation } from './store.ts'

interface HandInProps extends Pick<ButtonProps, 'size'> {
  readonly participation: Participation
  /** Text of the button; by default what happens to the file on this device. */
  readonly words?: string
  /** Whether other things come first, as on the desk. */
  readonly quiet?: boolean
}

/** Button that hands in a file, the main way where a study has no collector or it refuses. */
export function HandIn({ participation, quiet = false, words, size = 'md' }: HandInProps) {
  const canShare = useMemo(canShareAnswers, [])
  const isMain = useParticipation(
    ({ sending }) => sending === undefined || sending.problem?.kind === 'refused',
  )
  return (
    <Button
      size={size}
      variant={isMain ? (quiet ? 'light' : 'filled') : 'default'}
      leftSection={<ExportIcon />}
      onClick={() => void handIn(participation)}
    >
      {words ?? (canShare ? 'Share answers…' : 'Save answers file')}
    </Button>
  )
}

/** Renders the result of the last handing in. */
export function HandedIn() {
  const handedIn = useParticipation((state) => state.handedIn)
  const text = (kind: 'done' | 'failed') => (handedIn?.kind === kind ? handedIn.text : undefined)
  const failure = text('failed')
  return (
    <>
      <p className={classes.handedIn} role="status" aria-label="Answers file">
        {text('done')}
      </p>
      {failure === undefined ? null : <p role="alert">{failure}</p>}
    </>
  )
}
