import kit from '../ui/kit.module.css'
import type { Compared } from './compared.ts'
import { Letter } from './Letter.tsx'

/** Legend of the policies' letters and colours. */
export function Legend({ compared }: { readonly compared: readonly Compared[] }) {
  return (
    <ul className={kit.legend} aria-label="Policies">
      {compared.map(({ run, index, colour }) => (
        <li key={index} className={kit.item}>
          <Letter index={index} colour={colour} />
          {run.title}
        </li>
      ))}
    </ul>
  )
}
