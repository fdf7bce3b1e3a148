import { HOME_ENDINGS } from '../../island/index.ts'
import { endingName } from '../sentences.ts'
import kit from './kit.module.css'

/** Legend of the endings' colours, for figures that show all four. */
export function EndingLegend() {
  return (
    <ul className={kit.legend} aria-label="Endings">
      {HOME_ENDINGS.map((ending) => (
        <li key={ending} className={kit.item}>
          <span className={kit.square} style={{ background: `var(--ending-${ending})` }} />
          {endingName(ending)}
        </li>
      ))}
    </ul>
  )
}
