import { Text } from '@mantine/core'
import {
  createRef,
  lazy,
  memo,
  type RefObject,
  Suspense,
  useCallback,
  useMemo,
  useState,
} from 'react'
import { lanePainter } from '../map/lane-painter.ts'
import { ISLAND_LOOK } from '../map/looks.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { ORBIT_KEYS } from '../scene/orbit-keys.ts'
import { SceneBoundary } from '../scene/SceneBoundary.tsx'
import { webGl } from '../scene/webgl.ts'
import { createLane, live } from '../stores/live.ts'
import { useWatch, useWatchedWorld, type WatchedAgent } from '../stores/watch.ts'
import { useWatchSettings } from '../stores/watch-settings.ts'
import { Dot } from '../ui/Dot.tsx'
import kit from '../ui/kit.module.css'
import { SensesPair } from './SensesPair.tsx'
import classes from './Stage.module.css'

const Scene = lazy(() => import('../scene/Scene.tsx'))

/** Sentence for each reason why there is no 3D view. */
export const WHY_FLAT = {
  none: 'This browser does not support WebGL',
  lost: 'The browser lost its WebGL context',
  broken: 'The 3D view could not be loaded',
} as const
export type WhyFlat = keyof typeof WHY_FLAT

export function useFlat(): [WhyFlat | undefined, (why: WhyFlat) => void] {
  return useState<WhyFlat | undefined>(webGl() === 'none' ? 'none' : undefined)
}

interface ViewsProps {
  readonly flat: WhyFlat | undefined
  /** Whether there is room for each agent's frame and gamepad. */
  readonly roomy: boolean
  onFlat(why: WhyFlat): void
}

/** Renders one view of the island per agent, one to four. */
export function Views({ flat, roomy, onFlat }: ViewsProps) {
  const count = useWatch(({ agents }) => agents.length)
  const pathOnly = useWatch(({ agents }) => agents.some((agent) => agent.pathOnly !== undefined))
  const tracks = useTracks(count)
  const drawn = flat === undefined && !pathOnly
  return (
    <>
      {drawn && count > 0 ? <Pictures tracks={tracks} onFlat={onFlat} /> : null}
      <div className={classes.views} data-count={Math.max(1, count)}>
        {count === 0 ? <div className={classes.view} /> : null}
        {tracks.map((track, index) => (
          <View
            // biome-ignore lint/suspicious/noArrayIndexKey: an agent is its place
            key={index}
            index={index}
            track={track}
            flat={!drawn}
            roomy={roomy}
          />
        ))}
      </div>
    </>
  )
}

interface PicturesProps extends Pick<ViewsProps, 'onFlat'> {
  readonly tracks: readonly RefObject<HTMLDivElement | null>[]
}

/** Renders all 3D views with one renderer, each behind its element. */
const Pictures = memo(function Pictures({ tracks, onFlat }: PicturesProps) {
  const seeds = useWatch(({ agents }) => agents.map(({ seed }) => seed).join())
  const world = useWatchedWorld()
  const { camera } = useWatchSettings()
  const lost = useCallback(() => onFlat('lost'), [onFlat])
  const broken = useCallback(() => onFlat('broken'), [onFlat])
  const views = useMemo(
    () =>
      seeds.split(',').flatMap((seed, index) => {
        const track = tracks[index]
        live.lanes[index] ??= createLane()
        return track ? [{ world, lane: live.lanes[index], seed: Number(seed), camera, track }] : []
      }),
    [seeds, world, camera, tracks],
  )
  return (
    <SceneBoundary onBroken={broken} fallback={null}>
      <Suspense>
        <Scene views={views} onLost={lost} />
      </Suspense>
    </SceneBoundary>
  )
})

function useTracks(count: number): readonly RefObject<HTMLDivElement | null>[] {
  return useMemo(() => Array.from({ length: count }, () => createRef<HTMLDivElement>()), [count])
}

interface ViewProps {
  readonly index: number
  readonly track: RefObject<HTMLDivElement | null> | undefined
  readonly flat: boolean
  readonly roomy: boolean
}

function View({ index, track, flat, roomy }: ViewProps) {
  const agent = useWatch(({ agents }) => agents[index])
  const world = useWatchedWorld()
  const several = useWatch(({ agents }) => agents.length > 1)
  const focused = useWatch(({ focus }) => focus === index)
  const { camera } = useWatchSettings()
  const painter = useMemo(() => lanePainter(() => live.lanes.slice(index, index + 1)), [index])
  if (!agent) return <div className={classes.view} />
  return (
    <div className={classes.view} data-focused={(several && focused) || undefined}>
      {flat ? (
        <MapCanvas
          painter={painter}
          world={world}
          look={ISLAND_LOOK}
          label={`Map of the island seen from above, with ${agent.title} on it`}
        />
      ) : (
        <div
          ref={track}
          className={classes.track}
          role="img"
          aria-label={`3D view of the island, with ${agent.title} on it`}
          // The orbit camera is also controlled by keys.
          {...(camera === 'orbit' ? { tabIndex: 0, 'aria-keyshortcuts': ORBIT_KEYS } : {})}
        />
      )}
      <ViewChip index={index} agent={agent} several={several} focused={focused} />
      {roomy ? <SensesPair index={index} agent={agent} small={several} /> : null}
    </div>
  )
}

interface ViewChipProps {
  readonly index: number
  readonly agent: WatchedAgent
  readonly several: boolean
  readonly focused: boolean
}

/** Renders the agent's name and latest ending; with several agents, as a button that focuses it. */
function ViewChip({ index, agent, several, focused }: ViewChipProps) {
  const takenOver = useWatch((state) => state.takenOver)
  const content = (
    <>
      <span className={kit.item}>
        <Dot stage={agent.stage} />
        <span className={classes.chipName}>{agent.title}</span>
        <Badge agent={agent} />
      </span>
      {agent.ending ? (
        <Text size="xs" component="span">
          {agent.ending}
        </Text>
      ) : null}
      {several ? null : <span className={kit.small}>Seed {agent.seed}</span>}
    </>
  )
  if (!several) return <div className={`${kit.glass} ${classes.chip}`}>{content}</div>
  return (
    <button
      type="button"
      className={`${kit.glass} ${classes.chip}`}
      aria-pressed={focused}
      aria-label={`Focus on agent ${index + 1}, ${agent.title}. ${agent.ending}`}
      disabled={takenOver}
      onClick={() => useWatch.setState({ focus: index })}
    >
      {content}
    </button>
  )
}

const PHASE_WORDS = {
  loading: 'Loading…',
  preview: 'Recording',
  recorded: 'Recording',
  missing: 'Not available',
} as const

function Badge({ agent: { phase, author } }: { readonly agent: WatchedAgent }) {
  if (author === 'h')
    return (
      <span className={classes.badge} data-human>
        You
      </span>
    )
  if (phase === 'acting') return null
  return <span className={classes.badge}>{PHASE_WORDS[phase]}</span>
}
