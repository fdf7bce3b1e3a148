import { ActionIcon, Tooltip } from '@mantine/core'
import { SoundOffIcon, SoundOnIcon } from '../ui/icons.tsx'
import { wakeSound } from './sound.ts'
import { useSoundSetting } from './sound-setting.ts'

/** Button that turns the island's sounds on and off; does not depend on Three.js. */
export function SoundButton() {
  const on = useSoundSetting((setting) => setting.on)
  const label = on ? 'Turn sound off' : 'Turn sound on'
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Sound"
        aria-pressed={on}
        onClick={() => {
          useSoundSetting.setState({ on: !on })
          if (!on) wakeSound()
        }}
      >
        {on ? <SoundOnIcon /> : <SoundOffIcon />}
      </ActionIcon>
    </Tooltip>
  )
}
