import { Button } from '@mantine/core'
import { useState } from 'react'
import { measureOf, stylePredicate, wishName } from '../../evaluation/wish.ts'
import { stageName } from '../../procedure/model-stages.ts'
import type { WishGroup } from '../../procedure/wish-groups.ts'
import { capitalised } from '../sentences.ts'
import { Dot } from '../ui/Dot.tsx'
import { percent, whole } from '../ui/format.ts'
import { PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { lazyPart } from '../ui/lazy-part.tsx'
import shares from '../ui/ShareTable.module.css'
import classes from './Overview.module.css'
import { meanOf } from './variety.ts'

const WishExample = lazyPart(() => import('./WishExample.tsx'))

interface WishCardProps {
  /** Groups with one wish, one for each starting agent. */
  readonly groups: readonly WishGroup[]
  /** Version of the world of their examples. */
  readonly worldVersion: number
}

/** Renders what alignment with one wish about style changed, and leads to the Train page. */
export function WishCard({ groups, worldVersion }: WishCardProps) {
  const [isWatched, setWatched] = useState(false)
  const [first] = groups
  if (first === undefined) return null
  const { wish, comparisons, changes } = first
  const { example, start = first.start } = groups.find((group) => group.example !== undefined) ?? {}
  const { unit, about } = measureOf(wish)
  const predicate = stylePredicate(wish)
  const largest = Math.max(...groups.flatMap(({ style }) => style.after))
  const measured = (value: number) => value.toFixed(largest < 10 ? 2 : 1)
  return (
    <article className={`${kit.card} ${classes.card}`} aria-label={`Wish: ${predicate}`}>
      <h3 className={kit.cardTitle}>{capitalised(predicate)}</h3>
      <p className={kit.sentence}>
        {capitalised(about)}, in {unit}.
      </p>
      <table className={shares.table} aria-label={`Before and after: ${predicate}`}>
        <thead>
          <tr>
            <th scope="col">Started from</th>
            <th scope="col">Arrived, %</th>
            <th scope="col">Mean, {unit}</th>
            <th scope="col">KL</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ start, arrived, style, kl }) => (
            <tr key={start}>
              <th scope="row">
                <span className={kit.item}>
                  <Dot stage={start} />
                  {stageName(start)}
                </span>
              </th>
              <td>
                {percent(arrived.before)} → <strong>{percent(meanOf(arrived.after))}</strong>
                <span className={classes.bySeed}>
                  {arrived.after.map((share) => whole(100 * share)).join(' · ')}
                </span>
              </td>
              <td>
                {style.before === undefined ? '–' : measured(style.before)} →{' '}
                <strong>{style.after.length > 0 ? measured(meanOf(style.after)) : '–'}</strong>
                <span className={classes.bySeed}>{style.after.map(measured).join(' · ')}</span>
              </td>
              <td>{kl.toFixed(0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={kit.row}>
        {example === undefined ? null : (
          <Button
            size="sm"
            variant="default"
            leftSection={<PlayIcon size={12} />}
            onClick={() => setWatched(true)}
          >
            Watch before and after
          </Button>
        )}
        <Button
          component="a"
          size="sm"
          variant="default"
          href={`#/train?${new URLSearchParams({
            model: first.start,
            labels: 'judge',
            wanted: wishName(wish),
            comparisons: String(comparisons),
            set: Object.entries(changes)
              .map(([name, value]) => `${name}:${value}`)
              .join(','),
          })}`}
        >
          Train it in this tab
        </Button>
      </div>
      {example && isWatched ? (
        <WishExample
          title={`${capitalised(predicate)}, from ${stageName(start)}`}
          wish={wish}
          example={example}
          worldVersion={worldVersion}
          onClose={() => setWatched(false)}
        />
      ) : null}
    </article>
  )
}
