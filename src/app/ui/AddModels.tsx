import { Button, FileButton, Tooltip } from '@mantine/core'
import { FileIcon, PlusIcon } from './icons.tsx'

interface AddModelsProps {
  /** What the first button says. */
  readonly label: string
  readonly className: string | undefined
  /** Whether there is no room for another, or none to add. */
  readonly full: boolean
  onAdd(): void
  onFile(file: File): void
}

/** Two ways to one model more: the next of those there are, and a file of one's own. */
export function AddModels({ label, className, full, onAdd, onFile }: AddModelsProps) {
  return (
    <div className={className}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<PlusIcon size={14} />}
        disabled={full}
        onClick={onAdd}
      >
        {label}
      </Button>
      <FileButton accept=".onnx" onChange={(file) => file && onFile(file)}>
        {(props) => (
          <Tooltip label="Or drop an ONNX model anywhere on this page">
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              leftSection={<FileIcon size={14} />}
            >
              Open a file
            </Button>
          </Tooltip>
        )}
      </FileButton>
    </div>
  )
}
