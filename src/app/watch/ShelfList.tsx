import { ActionIcon, Text } from '@mantine/core'
import { parameterCount } from '../sentences.ts'
import { stageName } from '../stages.ts'
import { useWatch } from '../stores/watch.ts'
import classes from './Card.module.css'
import { CloseIcon } from './icons.tsx'
import { unshelve } from './shelf.ts'

/** The models that this browser keeps; nothing where it keeps none. */
export function ShelfList() {
  const shelf = useWatch((state) => state.shelf)
  if (shelf.length === 0) return null
  return (
    <details className={classes.fold}>
      <summary>Kept in this browser ({shelf.length})</summary>
      <ul className={classes.list}>
        {shelf.map((entry) => (
          <li key={entry.sha256} className={classes.item}>
            <span className={classes.itemText}>
              {entry.name}
              <Text size="xs" c="dimmed" component="span" display="block">
                {entry.kind === 'policy' ? 'Policy' : 'Reward model'}, {stageName(entry.card.stage)}
                , {parameterCount(entry.parameters)} parameters
              </Text>
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={`Remove ${entry.name} from this browser`}
              onClick={() => void unshelve(entry)}
            >
              <CloseIcon size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </details>
  )
}
