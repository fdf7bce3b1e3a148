import { ActionIcon, Group, Text } from '@mantine/core'
import { stageName } from '../../procedure/model-stages.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { unshelve } from '../data/shelf.ts'
import { parameterCount } from '../ui/format.ts'
import { CloseIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { tellFailure } from './tell-failure.ts'

/** Lists the models on the shelf; renders nothing if it is empty. */
export function ShelfList() {
  const shelf = useCatalogue((state) => state.shelf) ?? []
  if (shelf.length === 0) return null
  return (
    <details>
      <summary>Saved in this browser ({shelf.length})</summary>
      <ul className={kit.stack}>
        {shelf.map((entry) => (
          <li key={entry.sha256}>
            <Group gap={8} wrap="nowrap" justify="space-between">
              <Text size="sm" component="span" miw={0} style={{ overflowWrap: 'anywhere' }}>
                {entry.name}
                <Text size="xs" c="dimmed" component="span" display="block">
                  {entry.kind === 'policy' ? 'Policy' : 'Reward model'},{' '}
                  {stageName(entry.card.stage)}, {parameterCount(entry.parameters)} parameters
                </Text>
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={`Remove ${entry.name} from this browser`}
                onClick={() => tellFailure(unshelve(entry))}
              >
                <CloseIcon size={16} />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ul>
    </details>
  )
}
