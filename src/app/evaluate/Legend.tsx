import type { Compared } from './compared.ts'
import classes from './Figures.module.css'
import { Letter } from './Letter.tsx'

/** Which letter and colour stand for which policy. */
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
