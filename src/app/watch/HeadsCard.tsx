import { Text } from '@mantine/core'
import {
  CENTRE_BIN,
  type Gamepad,
  HEAD_NAMES,
  HEAD_SIZES,
  type HeadName,
} from '../../island/index.ts'
import { useFocused } from '../stores/watch.ts'
import { FoldedCard } from '../ui/FoldedCard.tsx'
import kit from '../ui/kit.module.css'
import classes from './Heads.module.css'

/** Title of each action head, and meanings of its first and last choices. */
const HEADS: Record<
  HeadName,
  { readonly title: string; readonly ends: readonly [string, string] }
> = {
  leftX: { title: 'Walk sideways', ends: ['left', 'right'] },
  leftY: { title: 'Walk ahead', ends: ['back', 'ahead'] },
  rightX: { title: 'Look sideways', ends: ['left', 'right'] },
  rightY: { title: 'Look up and down', ends: ['down', 'up'] },
  jump: { title: 'Jump', ends: ['not', 'press'] },
  attack: { title: 'Attack', ends: ['not', 'press'] },
}

/** Renders every action head: the probability of each choice, and the choice taken. */
export function HeadsCard() {
  const agent = useFocused()
  const { gamepad, probabilities } = agent ?? {}
  return (
    <FoldedCard title="Action heads">
      <Text size="sm" c="dimmed">
        The network ends in six heads, one for each axis of the sticks and each button. They are
        sampled one by one.
      </Text>
      {gamepad && probabilities ? (
        <div className={kit.stack}>
          {HEAD_NAMES.map((name, head) => (
            <Head
              key={name}
              name={name}
              chosen={chosenBy(gamepad, name)}
              likely={partOf(probabilities, head)}
            />
          ))}
        </div>
      ) : (
        <Text size="sm">No probabilities yet: the agent has not made a decision.</Text>
      )}
    </FoldedCard>
  )
}

interface HeadProps {
  readonly name: HeadName
  readonly chosen: number
  readonly likely: Float32Array
}

function Head({ name, chosen, likely }: HeadProps) {
  const { title, ends } = HEADS[name]
  const percent = Math.round(100 * (likely[chosen] ?? 0))
  const what = likely.length === 2 ? (ends[chosen] ?? '') : tilt(chosen, ends)
  return (
    <div
      className={classes.head}
      role="img"
      aria-label={`${title}: ${what}, which had ${percent} % of the probability`}
    >
      <span>{title}</span>
      <span className={classes.bars}>
        {Array.from(likely, (probability, bin) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bins never change their order
            key={bin}
            className={classes.bar}
            data-chosen={bin === chosen || undefined}
            style={{ height: `${Math.max(4, 100 * probability)}%` }}
          />
        ))}
      </span>
      <span>{percent} %</span>
      <span className={classes.ends}>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </span>
    </div>
  )
}

function tilt(bin: number, [least, most]: readonly [string, string]): string {
  const far = Math.abs(bin - CENTRE_BIN)
  return far === 0 ? 'centred' : `${far} of ${CENTRE_BIN} ${bin < CENTRE_BIN ? least : most}`
}

function chosenBy(gamepad: Gamepad, name: HeadName): number {
  return Number(gamepad[name])
}

function partOf(probabilities: Float32Array, head: number): Float32Array {
  const first = HEAD_SIZES.slice(0, head).reduce((sum, size) => sum + size, 0)
  return probabilities.subarray(first, first + (HEAD_SIZES[head] ?? 0))
}
