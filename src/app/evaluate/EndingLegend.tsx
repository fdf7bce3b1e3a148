import { ENDINGS } from '../../evaluation/outcomes.ts'
import { ENDING_NAMES } from '../sentences.ts'
import classes from './Figures.module.css'

/** Legend of the endings' colours, for figures that show all four. */
export function EndingLegend() {
  return (
    <ul className={classes.legend} aria-label="Endings">
      {ENDINGS.map((ending) => (
        <li key={ending} className={classes.legendItem}>
          <span className={classes.swatch} style={{ background: `var(--ending-${ending})` }} />
          {ENDING_NAMES[ending]}
        </li>
      ))}
    </ul>
  )
}
