import { ActionIcon, Box, Button, Group, Text, Tooltip } from '@mantine/core'
import { currentLabels } from '../../alignment/labels/index.ts'
import { ExportIcon, KeyboardIcon, PanelIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import type { Desk } from './desk.ts'
import { useDesk } from './store.ts'
import classes from './TopBar.module.css'
import { exportToFile } from './transfer.ts'
import { useView } from './view.ts'

interface TopBarProps {
  readonly desk: Desk | undefined
  onShowKeys(): void
}

/** Renders the session's progress, the number of saved labels, and the export to a file. */
export function TopBar({ desk, onShowKeys }: TopBarProps) {
  const panel = useView((view) => view.panel)
  return (
    <Group className={classes.bar ?? ''} gap={8} wrap="nowrap">
      <Progress />
      <Saved />
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
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Keyboard shortcuts"
          onClick={onShowKeys}
        >
          <KeyboardIcon />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={panel ? 'Hide the panel' : 'Show the panel'}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Panel"
          aria-expanded={panel}
          aria-controls="label-panel"
          onClick={() => useView.setState({ panel: !panel })}
        >
          <PanelIcon />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

function Progress() {
  const session = useDesk((state) => state.session)
  const log = useDesk((state) => state.log)
  const number = useDesk((state) => state.onDesk?.number)
  const goal = session?.goal ?? 0
  const answered = currentLabels(log.filter((label) => label.session === session?.id)).length
  const part = goal > 0 ? Math.min(1, answered / goal) : 0
  return (
    <div className={classes.progress}>
      <span className={classes.pair}>
        {number === undefined ? 'No pair yet' : `Pair ${number}`}
        <span className={kit.faint}>{goalWords(number ?? 0, goal)}</span>
      </span>
      <Box
        className={kit.track ?? ''}
        flex={1}
        visibleFrom="sm"
        role="progressbar"
        aria-label="Progress to the goal"
        aria-valuemin={0}
        aria-valuemax={goal}
        aria-valuenow={Math.min(answered, goal)}
      >
        <div className={`${kit.done} ${classes.part}`} style={{ transform: `scaleX(${part})` }} />
      </Box>
    </div>
  )
}

/** Returns ` of 50` up to the goal, `, goal of 50 reached` beyond it, and nothing without a goal. */
function goalWords(number: number, goal: number): string {
  if (goal <= 0) return ''
  return number <= goal ? ` of ${goal}` : `, goal of ${goal} reached`
}

/** Renders the number of committed labels; those still being saved do not count. */
function Saved() {
  const saved = useDesk((state) => state.saved)
  const unsaved = useDesk((state) => state.unsaved)
  const failed = useDesk((state) => state.saveProblem !== undefined)
  return (
    <div
      className={classes.saved}
      data-state={failed ? 'failed' : unsaved > 0 ? 'saving' : 'saved'}
    >
      <span className={classes.dot} aria-hidden="true" />
      <output className={classes.count} aria-label="Saved labels">
        {saved ?? '…'}
      </output>
      <Text span inherit miw="4em" visibleFrom="sm" aria-hidden="true">
        {failed ? `saved, ${unsaved} not` : unsaved > 0 ? 'saving…' : 'saved'}
      </Text>
    </div>
  )
}
