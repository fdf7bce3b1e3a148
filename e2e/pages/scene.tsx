/**
 * The scene without agents: scripted walkers run across it, one per view. URL parameters:
 * `?views=1…4`, `camera=`, `seed=` (and `quality=`, as on all pages); `at=` freezes the walk after
 * that many tenths of a second.
 */

import { createRef, type RefObject, useEffect, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import Scene, { type SceneView } from '../../src/app/scene/Scene.tsx'
import { beginTrail, createLane, live, showMoment, stepTrail } from '../../src/app/stores/live.ts'
import {
  choiceProperty,
  integerProperty,
  readProperties,
} from '../../src/app/stores/url-properties.ts'
import { CAMERAS } from '../../src/app/stores/watch-settings.ts'
import { HOME } from '../../src/island/index.ts'
import { type PlaybackEvent, Timeline } from '../../src/lab/playback/timeline.ts'
import { script } from './walk-script.ts'

const settings = readProperties(
  {
    views: integerProperty(1, 4, 1),
    camera: choiceProperty(CAMERAS, 'chase'),
    seed: integerProperty(0, 1_000_000, 2933),
    /** Time in tenths of a second at which the walk is frozen; 0 lets it run. */
    at: integerProperty(0, 1_000, 0),
  },
  new URLSearchParams(window.location.search),
)

const lanes = Array.from({ length: settings.views }, createLane)
const FRAME_SECONDS = 1 / 60

/** Walks every lane from its start, in a loop. */
class Walk {
  #conductors = lanes.map((_, index) => this.#begin(index))

  #begin(index: number): Timeline {
    const lane = lanes[index]
    if (!lane) throw new Error(`There is no lane ${index}.`)
    const { start, decisions } = script(settings.seed, index)
    beginTrail(lane, STAGES[index % STAGES.length] ?? 'base', start)
    const conductor = new Timeline(start)
    for (const decision of decisions) conductor.receive(decision)
    return conductor
  }

  advance(seconds: number): void {
    live.time += seconds
    this.#conductors.forEach((conductor, index) => {
      for (const happening of conductor.advance(seconds, 1)) this.#tell(index, happening)
      const lane = lanes[index]
      if (lane) showMoment(lane, (this.#conductors[index] ?? conductor).moment)
    })
  }

  #tell(index: number, happening: PlaybackEvent): void {
    const lane = lanes[index]
    if (lane && happening.kind === 'decision') stepTrail(lane, happening.decision.state)
    if (happening.kind === 'finished') this.#conductors[index] = this.#begin(index)
  }
}

const STAGES = ['base', 'fine-tuned', 'aligned']

/**
 * Width and height of a view: two views per row if there are several, in two rows if there are more
 * than two.
 */
const SHARE = settings.views === 1 ? '100%' : '50%'
const HEIGHT = settings.views < 3 ? '100vh' : '50vh'

function Harness() {
  const views = useMemo(
    () =>
      lanes.map((lane): SceneView & { track: RefObject<HTMLDivElement | null> } => ({
        world: HOME,
        lane,
        seed: settings.seed,
        camera: settings.camera,
        track: createRef<HTMLDivElement>(),
      })),
    [],
  )
  useEffect(() => {
    const walk = new Walk()
    const wanted = settings.at / 10
    while (live.time < wanted) walk.advance(FRAME_SECONDS)
    if (wanted > 0) return
    let last = 0
    let frame = requestAnimationFrame(function move(now) {
      frame = requestAnimationFrame(move)
      walk.advance(last ? Math.min(0.1, (now - last) / 1000) : 0)
      last = now
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <>
      <Scene views={views} onLost={() => undefined} />
      <div style={{ display: 'flex', flexWrap: 'wrap' }}>
        {views.map(({ track }, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: views never change their order
            key={index}
            ref={track}
            role="img"
            aria-label={`View ${index + 1}`}
            style={{ width: SHARE, height: HEIGHT }}
          />
        ))}
      </div>
    </>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element to draw into.')
createRoot(root).render(<Harness />)
