import { wilsonInterval } from '../../evaluation/wilson.ts'
import type { JumppadName } from '../../island/index.ts'
import type { Results } from '../../lab/models/results.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { countOf, percent, whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import classes from './Overview.module.css'

type RewardModel = Results['rewardModels'][number]

const KINDS = [
  { name: 'All pairs', measure: 'test' },
  { name: 'Equal length', measure: 'equalLength' },
] as const

interface RewardCardProps {
  readonly wanted: JumppadName
  readonly results: Results
}

/** Renders the number of comparisons towards one jumppad and the accuracy of the reward model. */
export function RewardCard({ wanted, results }: RewardCardProps) {
  const labels = results.labels.find((each) => each.wanted === wanted)
  const models = results.rewardModels
    .filter((model) => model.wanted === wanted)
    .sort((a, b) => a.seed - b.seed)
  const [shown, ...others] = models
  if (!shown) return null
  return (
    <article
      className={`${kit.card} ${classes.card}`}
      aria-label={`Reward model for the ${wanted} jumppad`}
    >
      <header className={classes.cardHeader}>
        <h3 className={kit.cardTitle}>
          <EndingIcon ending={wanted} colour="var(--accent)" />
          Prefer {wanted}
        </h3>
        <span className={classes.headline}>
          {percent(shown.test.accuracy)} % <small>correct</small>
        </span>
      </header>
      <table
        className={shares.table}
        aria-label={`Accuracy of the reward model for the ${wanted} jumppad, percent`}
      >
        <tbody>
          {KINDS.map(({ name, measure }) => (
            <Accuracy
              key={measure}
              name={name}
              shown={shown[measure]}
              others={others.map((model) => model[measure].accuracy)}
            />
          ))}
        </tbody>
      </table>
      <p className={kit.small}>
        {labels ? comparisonsSentence(labels) : null} Accuracy on held-out pairs; the triangle marks
        chance.
      </p>
    </article>
  )
}

interface AccuracyProps {
  readonly name: string
  readonly shown: RewardModel['test']
  readonly others: readonly number[]
}

function Accuracy({ name, shown, others }: AccuracyProps) {
  const { accuracy, comparisons } = shown
  const interval = wilsonInterval(Math.round(accuracy * comparisons), comparisons)
  return (
    <tr>
      <th scope="row">{name}</th>
      <ShareCells
        share={accuracy}
        colour="var(--accent)"
        interval={interval}
        mark={0.5}
        others={others}
      />
    </tr>
  )
}

function comparisonsSentence({ asked, decisive, ties }: Results['labels'][number]): string {
  return `${countOf(asked, 'pair')} of clips compared: ${whole(decisive)} decided, ${whole(ties)} ties.`
}
