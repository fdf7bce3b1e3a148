import { Button } from '@mantine/core'
import { labelCounts } from '../../../procedure/too-few-labels.ts'
import { percent } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import classes from '../FewLabels.module.css'
import { rangeWords, shareOf } from '../words.ts'
import type { StepProps } from './step-props.ts'

const WAYS = [
  { address: '#/label', words: 'Label your own pairs' },
  { address: '#/train', words: 'Train on them' },
  { address: '#/overview', words: 'How many comparisons does it take?' },
] as const

/** Sums up what was measured, and links to where it can be tried. */
export function SummaryStep({ data }: StepProps) {
  const { prefer, agent } = data
  const counts = labelCounts(data)
  return (
    <>
      <ul className={`${classes.words} ${classes.points}`}>
        <li>
          The share of {prefer} was {percent(shareOf(agent, prefer))} % before training, and then{' '}
          {counts.map((labels) => `${rangeWords(data, labels)} with ${labels} labels`).join(', ')}.
        </li>
        <li>
          Training raises the score of the reward model. Whether that is what was preferred depends
          on what the labels compared: the score itself does not say.
        </li>
        <li>
          So do not trust the curve of the reward: watch episodes, and measure on fresh ones what
          you wanted.
        </li>
        <li>This judge never errs. People do, so expect to need more labels from them.</li>
      </ul>
      <div className={kit.row}>
        {WAYS.map(({ address, words }) => (
          <Button key={address} component="a" href={address} variant="default">
            {words}
          </Button>
        ))}
      </div>
      <p className={kit.small}>
        How this was measured, and with which settings: docs/methods/in-the-tab.md, “The page about
        it”. The command for such trainings is <code>npm run lab -- too-few</code>.
      </p>
    </>
  )
}
