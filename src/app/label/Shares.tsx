import { Group } from '@mantine/core'
import type { CountedShare } from '../../evaluation/counted-share.ts'
import type { LabelStatistics } from '../../evaluation/label-statistics.ts'
import kit from '../ui/kit.module.css'
import classes from './Shares.module.css'
import { countedWords, intervalWords } from './words.ts'

interface ShareRowProps {
  readonly name: string
  readonly share: CountedShare
  /** Text shown while nothing has been counted. */
  readonly none: string
  /** Whether to mark one half, the expected share. */
  readonly middle?: boolean
}

/** Renders a share with its 95 % confidence interval: a dot on a band. */
export function ShareRow({ name, share, none, middle = false }: ShareRowProps) {
  const { of, interval } = share
  return (
    <div className={classes.row}>
      <Group gap="0 12px" justify="space-between">
        <span>{name}</span>
        <span className={kit.label}>
          {of === 0 ? <span className={kit.faint}>{none}</span> : countedWords(share)}
          {of === 0 ? null : <span className={kit.faint}> · {intervalWords(share)}</span>}
        </span>
      </Group>
      <div className={classes.track} aria-hidden="true">
        {middle ? <div className={classes.middle} /> : null}
        {of === 0 ? null : (
          <>
            <div
              className={classes.band}
              style={{
                left: `${100 * interval.low}%`,
                right: `${100 * (1 - interval.high)}%`,
              }}
            />
            <div className={classes.dot} style={{ left: `${100 * share.share}%` }} />
          </>
        )}
      </div>
    </div>
  )
}

/** Renders how often each kind of answer was given. */
export function Mix({ verdicts }: Pick<LabelStatistics, 'verdicts'>) {
  const decided = verdicts.first + verdicts.second
  const all = decided + verdicts.tie + verdicts['cannot tell']
  const parts = [
    { name: 'a side', count: decided, colour: 'var(--accent)' },
    { name: 'tie', count: verdicts.tie, colour: 'var(--series-2)' },
    { name: 'can’t tell', count: verdicts['cannot tell'], colour: 'var(--mantine-color-dimmed)' },
  ]
  return (
    <div className={classes.row}>
      <Group gap="0 12px" justify="space-between">
        <span>Mix of answers</span>
        <span className={kit.label}>
          {parts.map(({ name, count }) => `${count} ${name}`).join(', ')}
        </span>
      </Group>
      <div className={classes.mix} aria-hidden="true">
        {parts.map(({ name, count, colour }) => (
          <div
            key={name}
            style={{ width: `${all === 0 ? 0 : (100 * count) / all}%`, background: colour }}
          />
        ))}
      </div>
    </div>
  )
}
