import { Text, Tooltip } from '@mantine/core'
import { useFocused } from '../stores/watch.ts'
import classes from './Card.module.css'

const DEVICE_NAMES = { webgpu: 'WebGPU', wasm: 'WASM' } as const

/** Renders the device on which the agent in focus runs, and the reason for choosing it. */
export function DeviceBadge() {
  const opened = useFocused()?.opened
  if (!opened) return null
  const name = DEVICE_NAMES[opened.device]
  return (
    <div className={classes.device}>
      <Tooltip label={`${opened.deviceName}, in a dedicated worker`} multiline maw={320}>
        <span
          className={classes.badge}
          data-device={opened.device}
          role="img"
          aria-label={`Device: ${name}`}
        >
          {name}
        </span>
      </Tooltip>
      <Text size="sm" c="dimmed">
        {opened.reason}
      </Text>
    </div>
  )
}
