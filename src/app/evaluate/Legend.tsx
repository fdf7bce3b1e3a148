import type { Compared } from './compared.ts'
import classes from './Figures.module.css'
import { Letter } from './Letter.tsx'

/** Legend of the policies' letters and colours. */
export function Legend({ compared }: { readonly compared: readonly Compared[] }) {
  return (
    <ul className={classes.legend} aria-label="Policies">
      {compared.map(({ run, index, colour }) => (
        <li key={index} className={classes.legendItem}>
          <Letter index={index} colour={colour} />
          {run.title}
        </li>
      ))}
    </ul>
  )
}
