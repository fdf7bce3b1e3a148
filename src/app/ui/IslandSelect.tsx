import { NativeSelect } from '@mantine/core'
import type { PlayedIsland } from '../../alignment/map-schema.ts'
import { addressOfMap, islandOf, islandOptions, playedIsland } from '../stores/island-choice.ts'

interface IslandSelectProps {
  readonly label: string
  /** Island that is chosen; undefined for the first one. */
  readonly island: PlayedIsland | undefined
  readonly className?: string | undefined
  onChange(island: PlayedIsland | undefined): void
}

/** Renders a choice among the shipped islands and, where it is another one, the island that is chosen. */
export function IslandSelect({ label, island, className, onChange }: IslandSelectProps) {
  const chosen = islandOf(addressOfMap(island?.map, island?.title))
  return (
    <NativeSelect
      className={className ?? ''}
      label={label}
      description={chosen.about}
      inputWrapperOrder={['label', 'input', 'description']}
      data={islandOptions(chosen)}
      value={chosen.value}
      onChange={({ currentTarget }) => onChange(playedIsland(currentTarget.value))}
    />
  )
}
