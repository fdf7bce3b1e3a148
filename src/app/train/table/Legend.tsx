import { UnstyledButton } from '@mantine/core'
import type { LineLook } from './line-looks.ts'
import classes from './Runs.module.css'

interface LegendProps {
  readonly lines: readonly { readonly id: string; readonly name: string; readonly last: string }[]
  readonly looks: readonly LineLook[]
  /** Index of the line that stays highlighted; −1 for none. */
  readonly pinned: number
  onPin(index: number | undefined): void
  /** Called with the index of the line whose entry has the pointer or the focus, and without one afterwards. */
  onPoint(index?: number): void
}

/** Legend with a sample and the last value of each line. Pointing at an entry highlights its line, pressing it keeps that. */
export function Legend({ lines, looks, pinned, onPin, onPoint }: LegendProps) {
  return (
    <ul className={classes.legend} aria-label="Lines of the chart, with their last values">
      {lines.map(({ id, name, last }, index) => (
        <li key={id}>
          <UnstyledButton
            className={classes.legendEntry}
            aria-pressed={index === pinned}
            title={name}
            onClick={() => onPin(index === pinned ? undefined : index)}
            onMouseEnter={() => onPoint(index)}
            onMouseLeave={() => onPoint()}
            onFocus={() => onPoint(index)}
            onBlur={() => onPoint()}
          >
            <svg width="30" height="8" aria-hidden="true">
              <line
                x1="0"
                x2="30"
                y1="4"
                y2="4"
                stroke={looks[index]?.colour}
                strokeWidth="2.4"
                strokeDasharray={looks[index]?.dashes}
              />
            </svg>
            <span className={classes.legendName}>{name}</span>
            <span className={classes.legendValue}>{last}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
