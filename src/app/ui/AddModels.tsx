import { Button, Group } from '@mantine/core'
import { ModelFileButton } from './FilesButton.tsx'
import { PlusIcon } from './icons.tsx'

interface AddModelsProps {
  /** Text of the first button. */
  readonly label: string
  /** Whether the limit is reached, or there is no model to add. */
  readonly full: boolean
  onAdd(): void
  onFile(file: File): void
}

/** Buttons that add a model: the next one available, or one from a file. */
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
