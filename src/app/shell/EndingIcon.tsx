import type { Ending } from '../../island/index.ts'
import { LineIcon } from '../ui/icons.tsx'

/** Direction of each ending's arrow, in degrees from straight ahead. */
const TURNS: Readonly<Record<string, number>> = {
  'far left': -80,
  left: -45,
  middle: 0,
  right: 45,
  'far right': 80,
}

interface EndingIconProps {
  /** Ending of the episode; undefined if it is still to come. */
  readonly ending: Ending | undefined
  readonly colour: string
}

/**
 * Renders an arrow towards the reached jumppad, or a target if its name says no direction; a ring for none, and a dot
 * for an episode to come.
 */
export function EndingIcon({ ending, colour }: EndingIconProps) {
  return (
    <LineIcon size={16} box={16} colour={colour}>
      <Shape ending={ending} />
    </LineIcon>
  )
}

function Shape({ ending }: Pick<EndingIconProps, 'ending'>) {
  if (ending === undefined) return <circle cx="8" cy="8" r="0.6" opacity="0.45" />
  if (ending === 'none') return <circle cx="8" cy="8" r="3.5" opacity="0.75" />
  const turn = TURNS[ending]
  return turn === undefined ? (
    <path d="M8 3a5 5 0 1 0 .01 0M8 6.8a1.2 1.2 0 1 0 .01 0" />
  ) : (
    <path d="M8 13.5v-11M4 6.5l4-4 4 4" transform={`rotate(${turn} 8 8)`} />
  )
}
