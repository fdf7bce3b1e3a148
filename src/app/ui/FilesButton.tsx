import { Button, type ButtonProps, FileButton, Tooltip } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { FileIcon, ImportIcon } from './icons.tsx'

interface FilesButtonProps extends ButtonProps {
  /** Accepted file extensions, separated by commas. */
  readonly accept: string
  readonly multiple?: boolean
  /** Accessible name of the hidden file input. */
  readonly fieldLabel?: string
  readonly tooltip?: string
  readonly 'aria-label'?: string
  readonly children: ReactNode
  onFiles(files: readonly File[]): void
}

/** Button that opens a file picker. The same files can be chosen twice in sequence. */
export function FilesButton(props: FilesButtonProps) {
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

/** Button that picks a model file. */
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

interface ResultFileButtonProps extends ButtonProps {
  readonly children: ReactNode
  onFile(file: File): void
}

/** Button that picks a file with the result of a study. */
export function ResultFileButton({ onFile, ...button }: ResultFileButtonProps) {
  return (
    <FilesButton
      {...button}
      accept=".jsonl,.npz,.parquet"
      fieldLabel="Result of a study"
      leftSection={<ImportIcon />}
      onFiles={([file]) => file && onFile(file)}
    />
  )
}

interface LabelFilesButtonProps extends ButtonProps {
  readonly children: ReactNode
  onFiles(files: readonly File[]): void
}

/** Button that picks label files. */
export function LabelFilesButton(props: LabelFilesButtonProps) {
  return (
    <FilesButton
      {...props}
      multiple
      accept=".jsonl,.npz,.parquet"
      fieldLabel="Label files"
      leftSection={<ImportIcon />}
    />
  )
}
