import { Button } from '@mantine/core'
import { type IslandFile, islandText } from '../../procedure/island-file.ts'
import { saveFile } from '../save-file.ts'
import { FilesButton } from './FilesButton.tsx'
import { ImportIcon } from './icons.tsx'

interface IslandFileButtonsProps {
  readonly island: IslandFile
  /** Name of the file that it is saved as. */
  readonly fileName: string
  onOpen(file: File): void
}

/** Buttons that open the file of another island and save this one. */
export function IslandFileButtons({ island, fileName, onOpen }: IslandFileButtonsProps) {
  return (
    <>
      <IslandFileButton onFile={onOpen} />
      <Button
        size="xs"
        variant="default"
        onClick={() =>
          saveFile(new Blob([islandText(island)], { type: 'application/json' }), fileName)
        }
      >
        Save as a file
      </Button>
    </>
  )
}

/** Button that opens the file of an island. */
export function IslandFileButton({ onFile }: { onFile(file: File): void }) {
  return (
    <FilesButton
      size="xs"
      variant="default"
      accept=".json"
      fieldLabel="Island file"
      leftSection={<ImportIcon />}
      onFiles={([file]) => file && onFile(file)}
    >
      Open an island
    </FilesButton>
  )
}
