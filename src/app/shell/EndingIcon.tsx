import type { Ending } from '../../island/index.ts'

/** Direction of each ending's arrow, in degrees from straight ahead. */
const TURNS: Record<Exclude<Ending, 'none'>, number> = { left: -45, middle: 0, right: 45 }

interface EndingIconProps {
  /** Ending of the episode; undefined if it is still to come. */
  readonly ending: Ending | undefined
  readonly colour: string
}

/** Renders an arrow towards the reached jumppad, a ring for none, or a dot for an episode to come. */
export function EndingIcon({ ending, colour }: EndingIconProps) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke={colour}
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <Shape ending={ending} />
    </svg>
  )
}

function Shape({ ending }: Pick<EndingIconProps, 'ending'>) {
  if (ending === undefined) return <circle cx="8" cy="8" r="0.6" opacity="0.45" />
  if (ending === 'none') return <circle cx="8" cy="8" r="3.5" opacity="0.75" />
  return <path d="M8 13.5v-11M4 6.5l4-4 4 4" transform={`rotate(${TURNS[ending]} 8 8)`} />
}
