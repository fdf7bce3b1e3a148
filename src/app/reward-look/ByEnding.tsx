import {
  CartesianGrid,
  ErrorBar,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from 'recharts'
import { meanRewardByEnding } from '../../evaluation/reward-statistics.ts'
import type { Ending } from '../../island/index.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import { endingColour, endingName } from '../sentences.ts'
import { AXIS, GRID } from '../ui/chart-style.ts'
import kit from '../ui/kit.module.css'
import classes from './Look.module.css'
import { LookPart } from './LookPart.tsx'
import type { ScoredLabels } from './use-look.ts'

/** Height in rows of the band in which the clips of an ending are spread. */
const BAND = 0.5

/** Distribution of the rewards of the compared clips by their ending, with means and intervals. */
export function ByEnding({ labels }: { readonly labels: ScoredLabels }) {
  const { clips, rewards } = labels
  const episodes = clips.map(({ ending }, index) => ({
    ending,
    reward: rewards[index] ?? Number.NaN,
  }))
  const endings = [...new Set([...HOME_ENDINGS, ...clips.map(({ ending }) => ending)])]
  const means = meanRewardByEnding(episodes, endings)
  const found = endings.flatMap((ending) => {
    const mean = means[ending]
    return mean ? [{ ending, ...mean }] : []
  })
  const rowOf = (ending: Ending): number => found.findIndex((each) => each.ending === ending)
  const dots = (ending: Ending) =>
    episodes
      .filter((each) => each.ending === ending)
      .map(({ reward }, index) => ({ reward, row: rowOf(ending) + BAND * spreadOf(index) }))
  const diamonds = found.map(({ ending, mean, interval }) => ({
    reward: mean,
    row: rowOf(ending),
    reach: interval ? [mean - interval.low, interval.high - mean] : [0, 0],
  }))
  const summary = found
    .map(({ ending, mean, count }) => `${endingName(ending)} ${mean.toFixed(2)} (${count})`)
    .join(', ')
  return (
    <LookPart
      title="Reward by outcome"
      note="Each dot is a clip; diamonds are means with Student’s 95 % interval. Rewards are in standard deviations of the clips on which the model was normalised."
    >
      <figure className={kit.stack} data-tight aria-label={`Mean reward by outcome: ${summary}`}>
        <div className={classes.chart} aria-hidden="true">
          <ResponsiveContainer width="100%" height="100%" debounce={100}>
            <ScatterChart
              margin={{ top: 6, right: 12, bottom: 18, left: 0 }}
              accessibilityLayer={false}
            >
              <CartesianGrid {...GRID} horizontal={false} />
              <XAxis
                {...AXIS}
                type="number"
                dataKey="reward"
                domain={['auto', 'auto']}
                tickFormatter={(value: number) => value.toFixed(1)}
                label={{ value: 'reward', position: 'insideBottom', offset: -12, ...AXIS.tick }}
              />
              <YAxis
                {...AXIS}
                width={62}
                type="number"
                dataKey="row"
                reversed
                domain={[-0.5, found.length - 0.5]}
                ticks={found.map((_, index) => index)}
                interval={0}
                tickFormatter={(row: number) => endingName(found[row]?.ending ?? 'none')}
              />
              {found.map(({ ending }) => (
                <Scatter
                  key={ending}
                  data={dots(ending)}
                  fill={endingColour(ending, endings)}
                  fillOpacity={0.5}
                  isAnimationActive={false}
                />
              ))}
              <Scatter
                data={diamonds}
                fill="var(--mantine-color-text)"
                shape="diamond"
                isAnimationActive={false}
              >
                <ErrorBar
                  dataKey="reach"
                  direction="x"
                  stroke="var(--mantine-color-text)"
                  width={6}
                  strokeWidth={1.4}
                />
              </Scatter>
            </ScatterChart>
          </ResponsiveContainer>
        </div>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Outcome</th>
              <th scope="col">Mean</th>
              <th scope="col">95 % interval</th>
              <th scope="col">Clips</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ ending, mean, interval, count }) => (
              <tr key={ending}>
                <th scope="row">{endingName(ending)}</th>
                <td>{mean.toFixed(2)}</td>
                <td>
                  {interval ? `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}` : '–'}
                </td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </figure>
    </LookPart>
  )
}

/** Returns a number in −0.5…0.5 that differs between successive indices, so that dots do not overlap. */
function spreadOf(index: number): number {
  return ((index * 0.618) % 1) - 0.5
}
