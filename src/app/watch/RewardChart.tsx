import { DECISION_SECONDS, EPISODE_DECISIONS } from '../../island/index.ts'
import type { RewardLine } from '../stores/watch.ts'
import kit from '../ui/kit.module.css'
import classes from './Reward.module.css'

const WIDTH = 300
const HEIGHT = 96
/** Minimum half-range of the reward axis. Rewards have about unit variance, so most lie within it. */
const LEAST_RANGE = 1.5

interface RewardChartProps {
  readonly lines: readonly RewardLine[]
  /** Position of the playhead in decisions. */
  readonly decisions: number
  readonly title: string
}

/**
 * Renders the running reward as one line per model up to the playhead and, more faintly, the part beyond
 * it that was already shown. Drawn as plain SVG, as ten updates per second are too many for the chart library.
 */
export function RewardChart({ lines, decisions, title }: RewardChartProps) {
  const all = lines.flatMap(({ rewards }) => [...rewards])
  const range = all.reduce((most, reward) => Math.max(most, Math.abs(reward)), LEAST_RANGE) * 1.08
  const x = (decision: number) => (decision / EPISODE_DECISIONS) * WIDTH
  const y = (reward: number) => HEIGHT / 2 - (reward / range) * (HEIGHT / 2)
  const path = (rewards: Float32Array) =>
    Array.from(
      rewards,
      (reward, index) => `${x(index + 1).toFixed(1)},${y(reward).toFixed(1)}`,
    ).join(' ')
  const values = lines.map((line) => ({ ...line, value: line.rewards[decisions - 1] }))
  const label = values.map(({ title: name, value }) => `${name} ${said(value)}`).join(', ')
  return (
    <figure className={classes.chart}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Running reward of ${title}: ${label || 'no data yet'}`}
      >
        <line className={classes.zero} x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        {lines.map(({ name, rewards }, index) => (
          <g key={name} className={classes.line} data-series={index}>
            <polyline
              className={classes.later}
              points={path(rewards.subarray(Math.max(0, decisions - 1)))}
              transform={`translate(${x(Math.max(0, decisions - 1))} 0)`}
            />
            <polyline points={path(rewards.subarray(0, decisions))} />
          </g>
        ))}
        <line className={classes.playhead} x1={x(decisions)} x2={x(decisions)} y1="0" y2={HEIGHT} />
      </svg>
      <div className={`${kit.head} ${kit.small} ${classes.axis}`} aria-hidden="true">
        <span>0 s</span>
        <span>{(EPISODE_DECISIONS * DECISION_SECONDS).toFixed(0)} s</span>
      </div>
      <ul className={`${kit.legend} ${classes.legend}`} data-small aria-hidden="true">
        {values.map(({ name, title: what, value }, index) => (
          <li key={name} className={classes.line} data-series={index}>
            <svg viewBox="0 0 18 6" className={classes.sample} aria-hidden="true">
              <polyline points="0,3 18,3" />
            </svg>
            {what} <strong>{said(value)}</strong>
          </li>
        ))}
      </ul>
    </figure>
  )
}

function said(value: number | undefined): string {
  if (value === undefined) return '–'
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
}
