import type { ButtonProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { FilesButton } from '../ui/FilesButton.tsx'
import { FileIcon, ImportIcon } from '../ui/icons.tsx'
import { takeFiles } from './files.ts'

interface StudyFilesButtonProps extends ButtonProps {
  /** Whether the button asks for answers rather than for a study. */
  readonly answers?: boolean
  readonly children: ReactNode
}

/** Button that picks study files or answer files; either kind is recognised by its content. */
export function StudyFilesButton({ answers = false, ...button }: StudyFilesButtonProps) {
  return (
    <FilesButton
      variant="default"
      leftSection={answers ? <ImportIcon /> : <FileIcon size={16} />}
      {...button}
      multiple
      // Telephones share answers as plain text.
      accept=".json,.jsonl,.txt"
      fieldLabel={answers ? 'Answer files' : 'Study file'}
      tooltip="Or drop files anywhere on this page"
      onFiles={(files) => void takeFiles(files)}
    />
  )
}
