import { createPortal, useFrame } from '@react-three/fiber'
import { type ReactNode, type RefObject, useMemo } from 'react'
import { PerspectiveCamera, Scene } from 'three'

interface ViewPortProps {
  readonly track: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/**
 * Renders its children with their own scene and camera into the part of the canvas behind `track`.
 * Measures the element and the canvas in every frame, because pages may scroll.
 */
export function ViewPort({ track, children }: ViewPortProps) {
  const scene = useMemo(() => new Scene(), [])
  const camera = useMemo(() => new PerspectiveCamera(50, 1, 0.2, 900), [])
  return (
    <>
      {createPortal(children, scene, { camera })}
      <Drawing track={track} scene={scene} camera={camera} />
    </>
  )
}

interface DrawingProps {
  readonly track: RefObject<HTMLElement | null>
  readonly scene: Scene
  readonly camera: PerspectiveCamera
}

/** Frame priorities that run before and after all other callbacks of a frame. */
const FIRST = -2
const LAST = 1

function Drawing({ track, scene, camera }: DrawingProps) {
  const area = useMemo(() => ({ left: 0, bottom: 0, width: 0, height: 0 }), [])
  useFrame(({ gl }) => {
    measure(gl.domElement, track.current, area)
    const aspect = area.width / area.height
    if (area.height === 0 || aspect === camera.aspect) return
    camera.aspect = aspect
    camera.updateProjectionMatrix()
  }, FIRST)
  useFrame(({ gl }) => {
    const { left, bottom, width, height } = area
    if (width === 0 || height === 0) return
    gl.setViewport(left, bottom, width, height)
    gl.setScissor(left, bottom, width, height)
    gl.setScissorTest(true)
    gl.render(scene, camera)
    gl.setScissorTest(false)
  }, LAST)
  return null
}

/** A rectangle of the canvas in CSS pixels, measured from its lower left corner as in WebGL. */
interface Area {
  left: number
  bottom: number
  width: number
  height: number
}

/** Writes the element's area on the canvas into `out`; empty if it is missing or above or below the window. */
function measure(canvas: Element, element: Element | null, out: Area): void {
  out.width = 0
  out.height = 0
  if (!element) return
  const rect = element.getBoundingClientRect()
  if (rect.bottom <= 0 || rect.top >= window.innerHeight) return
  const whole = canvas.getBoundingClientRect()
  out.left = rect.left - whole.left
  out.bottom = whole.bottom - rect.bottom
  out.width = rect.width
  out.height = rect.height
}
