import { ENDINGS } from '../../evaluation/outcomes.ts'
import { ENDING_NAMES } from '../sentences.ts'
import kit from './kit.module.css'

/** Legend of the endings' colours, for figures that show all four. */
export function EndingLegend() {
  return (
    <ul className={kit.legend} aria-label="Endings">
      {ENDINGS.map((ending) => (
        <li key={ending} className={kit.item}>
          <span className={kit.square} style={{ background: `var(--ending-${ending})` }} />
          {ENDING_NAMES[ending]}
        </li>
      ))}
    </ul>
  )
}
