import type { RefObject } from 'react'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'

/** One picture of the island. */
export interface SceneView {
  /** Whose character and trails are shown; read in every frame. */
  readonly lane: LiveLane
  /** Seed of the episode whose look is shown. */
  readonly seed: number
  readonly camera: CameraKind
  /** The element the picture is drawn behind; it carries the name, and is where one orbits. */
  readonly track: RefObject<HTMLElement | null>
}
