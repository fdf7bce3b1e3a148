import { Button, type ButtonProps, FileButton, Tooltip } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { FileIcon, ImportIcon } from './icons.tsx'

interface FilesButtonProps extends ButtonProps {
  /** Endings of the files' names, with commas between. */
  readonly accept: string
  readonly multiple?: boolean
  /** Accessible name of the hidden field behind the button. */
  readonly fieldLabel?: string
  readonly tooltip?: string
  readonly 'aria-label'?: string
  readonly children: ReactNode
  onFiles(files: readonly File[]): void
}

/** Button that asks for files. The same ones can be chosen twice in a row. */
function FilesButton(props: FilesButtonProps) {
  const { accept, multiple = false, fieldLabel, tooltip, onFiles, ...button } = props
  const reset = useRef<() => void>(null)
  return (
    <FileButton
      multiple={multiple}
      accept={accept}
      inputProps={{ 'aria-label': fieldLabel }}
      resetRef={reset}
      onChange={(chosen: File[] | File | null) => {
        reset.current?.()
        const files = [chosen ?? []].flat()
        if (files.length > 0) onFiles(files)
      }}
    >
      {(opener) => (
        <Tooltip label={tooltip} disabled={tooltip === undefined}>
          <Button {...button} {...opener} />
        </Tooltip>
      )}
    </FileButton>
  )
}

interface ModelFileButtonProps extends ButtonProps {
  readonly 'aria-label'?: string
  readonly children: ReactNode
  onFile(file: File): void
}

/** Button that opens a model's file. */
export function ModelFileButton({ onFile, ...button }: ModelFileButtonProps) {
  return (
    <FilesButton
      variant="default"
      {...button}
      accept=".onnx"
      tooltip="Or drop an ONNX model anywhere on this page"
      leftSection={<FileIcon size={14} />}
      onFiles={([file]) => file && onFile(file)}
    />
  )
}

interface LabelFilesButtonProps extends ButtonProps {
  readonly children: ReactNode
  onFiles(files: readonly File[]): void
}

/** Button that reads files of labels. */
export function LabelFilesButton(props: LabelFilesButtonProps) {
  return (
    <FilesButton
      {...props}
      multiple
      accept=".jsonl,.npz"
      fieldLabel="Files of labels"
      leftSection={<ImportIcon />}
    />
  )
}
