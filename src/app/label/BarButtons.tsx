import { ActionIcon, Tooltip } from '@mantine/core'
import { KeyboardIcon, PanelIcon } from '../ui/icons.tsx'
import { useView } from './view.ts'

/** Renders the buttons that every desk has: for its keys, and for the panel beside the clips. */
export function BarButtons({ onShowKeys }: { onShowKeys(): void }) {
  const panel = useView((view) => view.panel)
  return (
    <>
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
    </>
  )
}
