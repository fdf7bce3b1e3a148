import { ActionIcon, SegmentedControl } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { Clip } from '../../alignment/labels/index.ts'
import { DECISION_SECONDS, worldOf } from '../../island/index.ts'
import { webGl } from '../scene/webgl.ts'
import { createLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { PauseIcon, PlayIcon, RestartIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { describePath } from './describe-path.ts'
import { Film, reelOf } from './film.ts'
import classes from './PairPlayer.module.css'
import { Player } from './player.ts'
import { type ShownReplay, SideBySide } from './SideBySide.tsx'

/** Look of all clips: their own weather differs, and would only distract. */
const CLEAR_DAY = 2933

const CAMERAS: readonly { readonly value: CameraKind; readonly label: string }[] = [
  { value: 'chase', label: 'Follow' },
  { value: 'map', label: 'Above' },
]

interface PairPlayerProps {
  readonly first: Clip
  readonly second: Clip
  /** Titles of the two; their sides if omitted. */
  readonly titles?: PairTitles
}

type PairTitles = readonly [first: string, second: string]

const SIDES: PairTitles = ['Left', 'Right']

interface Showing {
  readonly player: Player<Film>
  readonly shown: readonly ShownReplay[]
}

/** Plays the two clips of a pair beside each other, the first on the left. */
export function PairPlayer({ first, second, titles = SIDES }: PairPlayerProps) {
  // Where the CPU renders, 3D is slow.
  const [flat, setFlat] = useState(webGl() !== 'gpu')
  const [camera, setCamera] = useState<CameraKind>('chase')
  const [playing, setPlaying] = useState(false)
  const showing = useShowing(first, second, titles, setPlaying)
  return (
    <div className={kit.stack} data-tight>
      <SideBySide
        shown={showing?.shown ?? []}
        camera={camera}
        flat={flat}
        always
        onFlat={() => setFlat(true)}
      />
      <div className={classes.captions}>
        <p>{endingNote(first)}</p>
        <p>{endingNote(second)}</p>
      </div>
      <div className={kit.track} aria-hidden="true">
        <div
          className={kit.done}
          ref={(element) => {
            if (showing) showing.player.bar = element
          }}
        />
      </div>
      <div className={kit.row}>
        <ActionIcon
          variant="filled"
          size={36}
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => showing?.player.toggle()}
        >
          {playing ? <PauseIcon /> : <PlayIcon />}
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="From the start"
          onClick={() => showing?.player.replay()}
        >
          <RestartIcon />
        </ActionIcon>
        {flat ? null : (
          <SegmentedControl
            size="xs"
            aria-label="Camera"
            data={[...CAMERAS]}
            value={camera}
            onChange={setCamera}
          />
        )}
      </div>
    </div>
  )
}

/** Returns the playback; undefined on the first render, as an effect creates and disposes of its player. */
function useShowing(
  first: Clip,
  second: Clip,
  titles: PairTitles,
  onPlaying: (playing: boolean) => void,
): Showing | undefined {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const [showing, setShowing] = useState<Showing>()
  useEffect(() => {
    const lanes = [createLane(worldOf(first)), createLane(worldOf(second))] as const
    const film = new Film([reelOf(first), reelOf(second)], lanes)
    const player = new Player<Film>({ onMotion: ({ playing }) => onPlaying(playing) })
    player.show(film, still)
    const shown = [replayOf(first, lanes[0], titles[0]), replayOf(second, lanes[1], titles[1])]
    setShowing({ player, shown })
    return () => player.dispose()
  }, [first, second, titles, still, onPlaying])
  return showing
}

function replayOf(clip: Clip, lane: ShownReplay['lane'], title: string): ShownReplay {
  return {
    lane,
    seed: CLEAR_DAY,
    name: `${title} clip`,
    title,
    note: undefined,
    description: describePath(clip, lane.world),
  }
}

/** Returns how a clip ends, in few words. */
function endingNote({ ending, actions }: Clip): string {
  const seconds = (actions.length * DECISION_SECONDS).toFixed(1)
  const name = ending === 'none' ? 'No' : `${ending.charAt(0).toUpperCase()}${ending.slice(1)}`
  return `${name} jumppad, ${seconds} s`
}
