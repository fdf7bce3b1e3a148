import { Button, type ButtonProps } from '@mantine/core'
import { ExportIcon } from '../../ui/icons.tsx'
import kit from '../../ui/kit.module.css'
import { handIn } from './handing-in.ts'
import classes from './Participation.module.css'
import type { Participation } from './participation.ts'
import { useParticipation } from './store.ts'

interface HandInProps extends Pick<ButtonProps, 'size'> {
  readonly participation: Participation
  readonly words?: string
  /** Whether other things come first, as on the desk. */
  readonly quiet?: boolean
}

/** Button that hands in a file, the main way where a study has no collector or it refuses. */
export function HandIn({
  participation,
  quiet = false,
  words = 'Send to the researcher',
  size = 'md',
}: HandInProps) {
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
      {words}
    </Button>
  )
}

/** Renders the result of the last handing in. */
export function HandedIn() {
  const handedIn = useParticipation((state) => state.handedIn)
  return (
    <p
      className={`${kit.small} ${classes.handedIn}`}
      role={handedIn?.kind === 'failed' ? 'alert' : undefined}
      aria-live="polite"
    >
      {handedIn?.text}
    </p>
  )
}
