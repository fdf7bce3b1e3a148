import { Button, Group } from '@mantine/core'
import { ModelFileButton } from './FilesButton.tsx'
import { PlusIcon } from './icons.tsx'

interface AddModelsProps {
  /** What the first button says. */
  readonly label: string
  /** Whether there is no room for another, or none to add. */
  readonly full: boolean
  onAdd(): void
  onFile(file: File): void
}

/** Two ways to one model more: the next of those there are, and a file of one's own. */
export function AddModels({ label, full, onAdd, onFile }: AddModelsProps) {
  return (
    <Group gap={8}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<PlusIcon size={14} />}
        disabled={full}
        onClick={onAdd}
      >
        {label}
      </Button>
      <ModelFileButton size="compact-sm" onFile={onFile}>
        Open a file
      </ModelFileButton>
    </Group>
  )
}
