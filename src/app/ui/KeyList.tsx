import { Kbd } from '@mantine/core'
import classes from './KeyList.module.css'

interface KeyListProps {
  readonly keys: readonly {
    readonly keys: string
    readonly does: string
    /** Whether the key is switched off. */
    readonly off?: boolean
  }[]
}

/** List of keyboard keys and their actions. */
export function KeyList({ keys: rows }: KeyListProps) {
  return (
    <dl className={classes.list}>
      {rows.map(({ keys, does, off }) => (
        <div key={keys} className={classes.row} data-off={off || undefined}>
          <dt>
            <Kbd>{keys}</Kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  )
}
