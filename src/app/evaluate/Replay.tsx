import { ActionIcon, Button, Group, Modal, SegmentedControl } from '@mantine/core'
import { useMediaQuery, useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { worldOf } from '../../island/index.ts'
import { Film, replayedStates } from '../replay/film.ts'
import { Player } from '../replay/player.ts'
import { webGl } from '../scene/webgl.ts'
import type { Evaluation } from '../stores/evaluate.ts'
import type { EvaluateSettings } from '../stores/evaluate-settings.ts'
import { carriedMap, startOf } from '../stores/island-choice.ts'
import { createLane } from '../stores/live.ts'
import { withMoment } from '../stores/watch-moment.ts'
import { type CameraKind, watchParams } from '../stores/watch-settings.ts'
import {
  FollowingIcon,
  NextIcon,
  PauseIcon,
  PlayIcon,
  PreviousIcon,
  RestartIcon,
} from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import type { Compared } from './compared.ts'
import classes from './Replay.module.css'
import { ReplayPictures } from './ReplayPictures.tsx'

interface ReplayProps {
  /** Index of the episode in the evaluation. */
  readonly episode: number
  readonly evaluation: Evaluation
  readonly compared: readonly Compared[]
  onEpisode(episode: number): void
  onClose(): void
}

/** Replays one episode in the scene as each policy played it, side by side. */
export function Replay({ episode, evaluation, compared, onEpisode, onClose }: ReplayProps) {
  useReturnedFocus()
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const shown = compared.filter(({ run }) => run.episodes[episode] !== undefined)
  const last = Math.max(...compared.map(({ run }) => run.episodes.length)) - 1
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(96vw, 1280px)"
      fullScreen={narrow ?? false}
      title={`Episode ${episode + 1}, seed ${shown[0]?.run.episodes[episode]?.seed ?? '–'}`}
      closeButtonProps={{ 'aria-label': 'Close the replay' }}
    >
      <Show
        episode={episode}
        settings={evaluation.settings}
        compared={shown}
        last={last}
        onEpisode={onEpisode}
      />
    </Modal>
  )
}

interface ShowProps {
  readonly episode: number
  readonly settings: EvaluateSettings
  readonly compared: readonly Compared[]
  /** Index of the last episode. */
  readonly last: number
  onEpisode(episode: number): void
}

const CAMERAS: readonly { readonly value: CameraKind; readonly label: string }[] = [
  { value: 'chase', label: 'Follow' },
  { value: 'orbit', label: 'Free' },
  { value: 'map', label: 'Map' },
]

function Show({ episode, settings, compared, last, onEpisode }: ShowProps) {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const [flat, setFlat] = useState(webGl() === 'none')
  const [camera, setCamera] = useState<CameraKind>('chase')
  const [playing, setPlaying] = useState(false)
  const rerun = useRerun(compared, episode, settings, still, setPlaying)
  return (
    <div className={kit.stack}>
      {rerun ? (
        <ReplayPictures
          lanes={rerun.film.lanes}
          compared={compared}
          episode={episode}
          camera={camera}
          flat={flat}
          onFlat={() => setFlat(true)}
        />
      ) : (
        <div className={classes.pictures} />
      )}
      <div className={kit.track} aria-hidden="true">
        <div
          className={kit.done}
          ref={(element) => {
            if (rerun) rerun.player.bar = element
          }}
        />
      </div>
      <Group gap={8}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Previous episode"
          disabled={episode === 0}
          onClick={() => onEpisode(episode - 1)}
        >
          <PreviousIcon />
        </ActionIcon>
        <ActionIcon
          variant="filled"
          size={36}
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => rerun?.player.toggle()}
        >
          {playing ? <PauseIcon /> : <PlayIcon />}
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="From the start"
          onClick={() => rerun?.player.replay()}
        >
          <RestartIcon />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Next episode"
          disabled={episode >= last}
          onClick={() => onEpisode(episode + 1)}
        >
          <FollowingIcon />
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
        <Button
          ml="auto"
          component="a"
          variant="default"
          size="sm"
          rightSection={<NextIcon size={14} />}
          href={watchLink(compared, episode, settings)}
        >
          Open in Watch
        </Button>
      </Group>
      {flat ? (
        <p className={kit.small}>
          This browser cannot show 3D graphics (WebGL), so the episode is shown on the map.
        </p>
      ) : null}
    </div>
  )
}

/** Episode as several policies played it, in step, with its player. */
interface Rerun {
  readonly film: Film
  readonly player: Player<Film>
}

/** Returns the rerun; undefined on the first render, as an effect creates and disposes of its player. */
function useRerun(
  compared: readonly Compared[],
  episode: number,
  settings: EvaluateSettings,
  still: boolean,
  onMotion: (playing: boolean) => void,
): Rerun | undefined {
  const [rerun, setRerun] = useState<Rerun>()
  const episodes = useSame(compared.flatMap(({ run }) => run.episodes[episode] ?? []))
  const stages = useSame(compared.map(({ run }) => run.stage))
  const start = startOf(settings)
  const island = carriedMap(settings.island)
  useEffect(() => {
    const world = worldOf({ island })
    const reels = episodes.map((each) => ({
      ...{ world, states: replayedStates({ ...each, start, island }) },
    }))
    const lanes = episodes.map(() => createLane(world))
    const film = new Film(reels, lanes, stages)
    const player = new Player<Film>({ onMotion: ({ playing }) => onMotion(playing) })
    player.show(film, still)
    setRerun({ film, player })
    return () => player.dispose()
  }, [episodes, stages, start, island, still, onMotion])
  return rerun
}

/** Returns the previous array while its items are the same, as more episodes may come in meanwhile. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const [kept, setKept] = useState(list)
  const same = list.length === kept.length && list.every((item, index) => item === kept[index])
  if (!same) setKept(list)
  return same ? kept : list
}

/** Returns a link to the same episode on Watch, with its actions, as inference differs between devices. */
function watchLink(
  compared: readonly Compared[],
  episode: number,
  settings: EvaluateSettings,
): string {
  const model = compared.map(({ run }) => run.name).join(',')
  const seed = compared[0]?.run.episodes[episode]?.seed ?? 0
  const scripts = compared.flatMap(({ run }) => {
    const actions = run.episodes[episode]?.actions
    return actions ? { actions, authors: 'a'.repeat(actions.length) } : []
  })
  return `#/watch?${withMoment(watchParams({ model, seed, start: startOf(settings), island: settings.island }), scripts)}`
}
