import { VisuallyHidden } from '@mantine/core'
import { METHOD_NAMES, type MethodGroup, type MethodName } from '../../procedure/method-groups.ts'
import { grouped } from '../../study/grouped.ts'
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
  /** The same with telling pairs. */
  readonly telling: readonly MethodGroup[]
}

const COLOURS: Record<MethodName, string> = {
  align: 'var(--stage-aligned)',
  'best-of-play': 'var(--series-2)',
  contrastive: 'var(--series-1)',
}

/** Renders how far each method got towards one jumppad, by number of labels. */
export function MethodCard({ wanted, groups, telling }: MethodCardProps) {
  const title = `Prefer ${wanted}`
  const bodies = [...methodsOf(groups, ''), ...methodsOf(telling, ', telling pairs')]
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
        {bodies.map(({ name, rows }) => (
          <tbody key={name}>
            <tr>
              <th scope="rowgroup" colSpan={6} className={own.method}>
                {name}
              </th>
            </tr>
            {rows.map((group) => (
              <Row key={group.decisive} group={group} />
            ))}
          </tbody>
        ))}
      </table>
    </article>
  )
}

/** Returns the groups of each method under its name with an addition. */
function methodsOf(groups: readonly MethodGroup[], addition: string) {
  return [...grouped(groups, ({ method }) => method)].map(([method, rows]) => ({
    name: METHOD_NAMES[method] + addition,
    rows,
  }))
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
