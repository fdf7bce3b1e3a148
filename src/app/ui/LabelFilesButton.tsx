import { Button, type ButtonProps, FileButton } from '@mantine/core'
import { useRef } from 'react'
import { ImportIcon } from './icons.tsx'

interface LabelFilesButtonProps extends Omit<ButtonProps, 'leftSection'> {
  onFiles(files: readonly File[]): void
}

/** Button that asks for files of labels. The same files can be chosen twice in a row. */
export function LabelFilesButton({ onFiles, ...button }: LabelFilesButtonProps) {
  const reset = useRef<() => void>(null)
  return (
    <FileButton
      multiple
      accept=".jsonl,.npz"
      inputProps={{ 'aria-label': 'Files of labels' }}
      resetRef={reset}
      onChange={(files) => {
        reset.current?.()
        if (files.length > 0) onFiles(files)
      }}
    >
      {(props) => <Button {...button} {...props} leftSection={<ImportIcon />} />}
    </FileButton>
  )
}
