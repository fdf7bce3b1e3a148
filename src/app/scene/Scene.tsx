import { useReducedMotion } from '@mantine/hooks'
import { Canvas, useThree } from '@react-three/fiber'
import { useEffect, useState } from 'react'
import { NeutralToneMapping } from 'three'
import { HOME } from '../../island/index.ts'
import { Island } from './Island.tsx'
import { useModels } from './models.ts'
import { type Quality, useQuality, wantedQuality } from './quality.ts'
import type { SceneView } from './scene-view.ts'
import { ViewPort } from './ViewPort.tsx'
import { webGl } from './webgl.ts'

export type { SceneView } from './scene-view.ts'

interface SceneProps {
  /** One to four views. */
  readonly views: readonly SceneView[]
  /** Called when the graphics context is lost for good. */
  onLost(): void
}

/**
 * Renders the island for people in one or more views, all on one canvas that fills its positioned
 * parent. Loaded as a separate chunk, with all of Three.js.
 */
export default function Scene({ views, onLost }: SceneProps) {
  const wanted = wantedQuality()
  const [found, setFound] = useState<Quality>(webGl() === 'processor' ? 'least' : 'high')
  const quality = wanted ?? found
  return (
    <Canvas
      // Otherwise the canvas would catch pointer events meant for the tracked elements.
      style={{ position: 'absolute', inset: 0, pointerEvents: 'none' }}
      shadows={quality === 'high' ? 'percentage' : false}
      frameloop={quality === 'least' ? 'demand' : 'always'}
      dpr={quality === 'high' ? [1, 1.75] : quality === 'low' ? 1 : 0.5}
      gl={{
        antialias: quality !== 'least',
        toneMapping: NeutralToneMapping,
        powerPreference: 'high-performance',
      }}
      aria-hidden
    >
      <Views views={views} quality={quality} onLost={onLost} />
      {wanted ? null : <QualityWatch quality={found} onChange={setFound} />}
    </Canvas>
  )
}

interface ViewsProps extends SceneProps {
  readonly quality: Quality
}

function Views({ views, quality, onLost }: ViewsProps) {
  const models = useModels(views[0]?.world ?? HOME)
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  useLostContext(onLost)
  return (
    <>
      {views.map((view, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a view is identified by its position
        <ViewPort key={index} track={view.track}>
          <Island {...view} quality={quality} models={models} still={still} among={views.length} />
        </ViewPort>
      ))}
      {quality === 'least' ? <SlowClock views={views.length} /> : null}
    </>
  )
}

interface QualityWatchProps {
  readonly quality: Quality
  onChange(quality: Quality): void
}

function QualityWatch({ quality, onChange }: QualityWatchProps) {
  useQuality(quality, onChange)
  return null
}

/**
 * Frames per second of a single view under software rendering, as the CPU also runs the agents.
 * Several views share the same pixels, but not all of the work.
 */
const SLOW_FRAMES = 8

/** Requests frames at a low rate. */
function SlowClock({ views }: { readonly views: number }) {
  const invalidate = useThree((state) => state.invalidate)
  useEffect(() => {
    const timer = setInterval(
      () => invalidate(),
      (1000 * Math.sqrt(Math.max(1, views))) / SLOW_FRAMES,
    )
    return () => clearInterval(timer)
  }, [invalidate, views])
  return null
}

/** Milliseconds to wait for a lost context, which browsers usually restore. */
const PATIENCE_MS = 4000

function useLostContext(onLost: () => void): void {
  const canvas = useThree((state) => state.gl.domElement)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const lost = (event: Event) => {
      event.preventDefault()
      timer = setTimeout(onLost, PATIENCE_MS)
    }
    const restored = () => clearTimeout(timer)
    canvas.addEventListener('webglcontextlost', lost)
    canvas.addEventListener('webglcontextrestored', restored)
    return () => {
      clearTimeout(timer)
      canvas.removeEventListener('webglcontextlost', lost)
      canvas.removeEventListener('webglcontextrestored', restored)
    }
  }, [canvas, onLost])
}
