import { type Ending, HOME_ENDINGS } from '../../island/index.ts'
import { endingColour, endingName } from '../sentences.ts'
import kit from './kit.module.css'

/** Legend of the endings' colours, of the first island if none are given. */
export function EndingLegend({ endings = HOME_ENDINGS }: { readonly endings?: readonly Ending[] }) {
  return (
    <ul className={kit.legend} aria-label="Endings">
      {endings.map((ending) => (
        <li key={ending} className={kit.item}>
          <span className={kit.square} style={{ background: endingColour(ending, endings) }} />
          {endingName(ending)}
        </li>
      ))}
    </ul>
  )
}
