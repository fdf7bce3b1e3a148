import type { RefObject } from 'react'
import type { World } from '../../island/index.ts'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'

/** One view of the island. */
export interface SceneView {
  /** World that is shown; the same in all views of a scene. */
  readonly world: World
  /** Lane whose character and trails are shown; read in every frame. */
  readonly lane: LiveLane
  /** Seed of the episode whose look is shown. */
  readonly seed: number
  readonly camera: CameraKind
  /** Element behind which the view is drawn; it has the accessible name and takes the orbit input. */
  readonly track: RefObject<HTMLElement | null>
}
