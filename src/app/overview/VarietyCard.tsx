import type { Results } from '../../lab/models/results.ts'
import { percent, whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import shares from '../ui/ShareTable.module.css'
import own from './MethodCard.module.css'
import classes from './Overview.module.css'
import { VARIETY_PLACES, type VarietyGroup, varietyGroups } from './variety.ts'

interface VarietyCardProps {
  readonly variety: NonNullable<Results['variety']>
}

const PLAYED = { first: 'One island', several: 'Five islands' } as const

/** Renders whether pre-training or play on several islands makes alignment carry over; nothing before it was measured. */
export function VarietyCard({ variety }: VarietyCardProps) {
  const wanted = variety[0]?.wanted
  if (wanted === undefined) return null
  const groups = varietyGroups(variety, wanted)
  return (
    <article className={`${kit.card} ${classes.card}`} aria-label="Training on several islands">
      <h3 className={kit.cardTitle}>Does training on several islands help?</h3>
      <p className={kit.sentence}>
        Share that reached the {wanted} jumppad, percent, after alignment with play on one island or
        on five: the mean over islands and training seeds, and below it the seeds.
      </p>
      <table
        className={`${shares.table} ${classes.columns}`}
        aria-label="Share by islands of training and of the test"
      >
        <thead>
          <tr>
            <th scope="col">Played</th>
            {VARIETY_PLACES.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.pretrained ?? 'shipped'}>
            <tr>
              <th scope="rowgroup" colSpan={1 + VARIETY_PLACES.length} className={own.method}>
                {titleOf(group)}
              </th>
            </tr>
            {group.rows.map(({ played, shares: byPlace }) => (
              <tr key={played}>
                <th scope="row">{PLAYED[played]}</th>
                {byPlace.map(({ mean, bySeed }, place) => (
                  <td key={VARIETY_PLACES[place]?.name}>
                    <strong>{mean === undefined ? '–' : percent(mean)}</strong>
                    <span className={classes.bySeed}>
                      {bySeed.map((share) => whole(100 * share)).join(' · ')}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </article>
  )
}

function titleOf({ pretrained, size }: VarietyGroup): string {
  if (pretrained === undefined) return 'The fine-tuned agent'
  return `Agents of size “${size}”, pre-trained on ${PLAYED[pretrained].toLowerCase()}`
}
