import { useMemo } from 'react'
import { describePath } from '../replay/describe-path.ts'
import { type ShownReplay, SideBySide } from '../replay/SideBySide.tsx'
import { endingSentence } from '../sentences.ts'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import type { Compared } from './compared.ts'
import { Letter } from './Letter.tsx'

interface PicturesProps {
  readonly lanes: readonly LiveLane[]
  readonly compared: readonly Compared[]
  readonly episode: number
  readonly camera: CameraKind
  readonly flat: boolean
  onFlat(): void
}

/** Renders a view per policy, in 3D, or on the map where WebGL is not available. */
export function ReplayPictures({ lanes, compared, episode, ...view }: PicturesProps) {
  const shown = useMemo(
    () =>
      lanes.flatMap((lane, index) => {
        const each = compared[index]
        return each ? replayOf(lane, each, episode) : []
      }),
    [lanes, compared, episode],
  )
  return <SideBySide shown={shown} {...view} />
}

function replayOf(lane: LiveLane, { run, index, colour }: Compared, episode: number): ShownReplay {
  const played = run.episodes[episode]
  return {
    lane,
    seed: played?.seed ?? 0,
    name: `${run.title} in this episode`,
    title: (
      <>
        <Letter index={index} colour={colour} />
        {run.title}
      </>
    ),
    note: played && endingSentence(played.ending, played.actions.length),
    description: played ? describePath(played, lane.world) : '',
  }
}
