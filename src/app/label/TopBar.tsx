import { Button, Group, Text, Tooltip } from '@mantine/core'
import { ExportIcon } from '../ui/icons.tsx'
import { BarButtons } from './BarButtons.tsx'
import { DeskProgress } from './DeskProgress.tsx'
import type { Desk } from './desk.ts'
import { SavedCount } from './SavedCount.tsx'
import classes from './TopBar.module.css'
import { exportToFile } from './transfer.ts'

interface TopBarProps {
  readonly desk: Desk | undefined
  onShowKeys(): void
}

/** Renders the session's progress, the number of saved labels, and the export to a file. */
export function TopBar({ desk, onShowKeys }: TopBarProps) {
  return (
    <Group className={classes.bar ?? ''} gap={8} wrap="nowrap">
      <DeskProgress />
      <SavedCount />
      <Tooltip label="Export everything saved here to one file">
        <Button
          size="sm"
          variant="default"
          leftSection={<ExportIcon />}
          aria-label="Export labels"
          onClick={() => desk && void exportToFile(desk.storage, 'lines')}
        >
          <Text span inherit visibleFrom="sm">
            Export
          </Text>
        </Button>
      </Tooltip>
      <BarButtons onShowKeys={onShowKeys} />
    </Group>
  )
}
