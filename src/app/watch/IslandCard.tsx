import { NativeSelect } from '@mantine/core'
import { ISLANDS, islandNamed } from '../../island/index.ts'
import { changeWatchSettings, useWatchSettings } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'

/** Renders the choice of the island that the agents play on, with what it is for. */
export function IslandCard() {
  const { island } = useWatchSettings()
  return (
    <section className={kit.card} aria-labelledby="island-title">
      <h2 className={kit.asideTitle} id="island-title">
        Islands
      </h2>
      <NativeSelect
        size="sm"
        aria-label="Island to play on"
        description={islandNamed(island)?.about}
        inputWrapperOrder={['input', 'description']}
        data={ISLANDS.map(({ id, title }) => ({ value: id, label: title }))}
        value={island}
        onChange={({ currentTarget }) => changeWatchSettings({ island: currentTarget.value })}
      />
    </section>
  )
}
