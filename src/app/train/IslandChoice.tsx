import { addressOfMap, islandOf, playedIsland } from '../stores/island-choice.ts'
import { IslandSelect } from '../ui/IslandSelect.tsx'
import { Notice } from '../ui/Notice.tsx'
import { changeDraft, useDraft } from './draft.ts'

/** Selects the island of the draft, and says if the one in the address cannot be played on. */
export function IslandChoice() {
  const { value, problem } = islandOf(useDraft().island)
  return (
    <>
      <IslandSelect
        label="Island"
        island={playedIsland(value)}
        onChange={(next) => changeDraft({ island: addressOfMap(next?.map, next?.title) })}
      />
      {problem === undefined ? null : (
        <Notice tone="warning" role="status">
          {problem}
        </Notice>
      )}
    </>
  )
}
