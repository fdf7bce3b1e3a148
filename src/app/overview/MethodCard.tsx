import { VisuallyHidden } from '@mantine/core'
import { METHOD_NAMES, type MethodGroup, type MethodName } from '../../procedure/method-groups.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { countOf, whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import own from './MethodCard.module.css'
import classes from './Overview.module.css'

interface MethodCardProps {
  readonly wanted: MethodGroup['wanted']
  /** Groups towards that jumppad, those of a method together. */
  readonly groups: readonly MethodGroup[]
}

const COLOURS: Record<MethodName, string> = {
  align: 'var(--stage-aligned)',
  'best-of-play': 'var(--series-2)',
  contrastive: 'var(--series-1)',
}

/** Renders how far each method got towards one jumppad, by number of labels. */
export function MethodCard({ wanted, groups }: MethodCardProps) {
  const title = `Prefer ${wanted}`
  const methods = [...new Set(groups.map(({ method }) => method))]
  return (
    <article className={`${kit.card} ${classes.card}`} aria-label={`Methods: ${title}`}>
      <h3 className={kit.cardTitle}>
        <EndingIcon ending={wanted} colour="var(--accent)" />
        {title}
      </h3>
      <table
        className={shares.table}
        aria-label={`Share that reached the ${wanted} jumppad by method and number of labels, percent`}
      >
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>Labels</VisuallyHidden>
            </th>
            <td />
            <th scope="col">%</th>
            <th scope="col" className={kit.spare}>
              95 % interval
            </th>
            <th scope="col">KL</th>
            <th scope="col">Training</th>
          </tr>
        </thead>
        {methods.map((method) => (
          <tbody key={method}>
            <tr>
              <th scope="rowgroup" colSpan={6} className={own.method}>
                {METHOD_NAMES[method]}
              </th>
            </tr>
            {groups
              .filter((group) => group.method === method)
              .map((group) => (
                <Row key={group.decisive} group={group} />
              ))}
          </tbody>
        ))}
      </table>
    </article>
  )
}

function Row({ group }: { readonly group: MethodGroup }) {
  const { method, decisive, share, shares: ofSeeds, interval, kl, seconds } = group
  return (
    <tr>
      <th scope="row">{countOf(decisive, 'label')}</th>
      <ShareCells
        share={share}
        colour={COLOURS[method]}
        interval={interval}
        intervalClass={kit.spare}
        others={ofSeeds}
      />
      <td>{whole(kl)}</td>
      <td>{whole(seconds)} s</td>
    </tr>
  )
}
