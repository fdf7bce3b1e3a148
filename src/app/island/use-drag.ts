/** Dragging of things on the drawing of an island. */
import { type MouseEvent, type PointerEvent, type RefObject, useState } from 'react'
import type { IslandMap, Point } from '../../island/index.ts'
import { grab, move } from './editing.ts'
import { movedTogether, placeOf, type Thing, withDragged } from './things.ts'

/** Minimum distance in CSS pixels that the pointer moves to drag; a click moves it by less. */
const LEAST_DRAG = 3

interface Drag {
  /** Pointer that drags; what others do meanwhile is ignored. */
  readonly pointer: number
  readonly thing: Thing
  /** Things that move with it, itself among them. */
  readonly together: readonly Thing[]
  /** Distance from the pointer to the thing when the drag began. */
  readonly offset: Point
  /** Where the pointer was pressed, in CSS pixels, until it has moved far enough to drag. */
  readonly pressed: { readonly x: number; readonly y: number } | undefined
  readonly before: IslandMap
  /** Island as it would be if the drag ended here. */
  readonly after: IslandMap
}

/** Returns the island as a drag shows it, and what begins, continues and ends one. */
export function useDrag(map: IslandMap, drawing: RefObject<SVGSVGElement | null>) {
  const [begun, setDrag] = useState<Drag>()
  // A change by a key meanwhile ends the drag.
  const drag = begun?.before === map ? begun : undefined
  const begin = (thing: Thing, event: PointerEvent) => {
    const at = placeUnder(drawing.current, event)
    const place = placeOf(map, thing)
    if (!at || !place || !event.isPrimary || event.button !== 0) return
    drawing.current?.setPointerCapture(event.pointerId)
    grab(thing)
    const offset = { x: place.x - at.x, z: place.z - at.z }
    const pressed = { x: event.clientX, y: event.clientY }
    const together = movedTogether(map, thing)
    const pointer = event.pointerId
    setDrag({ pointer, thing, together, offset, pressed, before: map, after: map })
  }
  const follow = (event: PointerEvent) => {
    const at = placeUnder(drawing.current, event)
    if (drag?.pointer !== event.pointerId || !at || isNear(drag.pressed, event)) return
    const to = { x: at.x + drag.offset.x, z: at.z + drag.offset.z }
    const after = withDragged(map, drag.thing, drag.together, to)
    setDrag({ ...drag, pressed: undefined, after })
  }
  const drop = (event: PointerEvent) => {
    if (begun?.pointer !== event.pointerId) return
    const place = drag && drag.after !== map ? placeOf(drag.after, drag.thing) : undefined
    if (drag && place) move(drag.thing, place)
    setDrag(undefined)
  }
  const cancel = (event: PointerEvent) => {
    if (begun?.pointer === event.pointerId) setDrag(undefined)
  }
  return { shown: drag?.after ?? map, begin, follow, drop, cancel }
}

/** Returns the position on the island under the pointer, in metres. */
export function placeUnder(drawing: SVGSVGElement | null, { clientX, clientY }: MouseEvent) {
  const matrix = drawing?.getScreenCTM()?.inverse()
  if (!matrix) return undefined
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix)
  return { x, z: y }
}

/** Returns whether the pointer is still about where it was pressed. */
function isNear(pressed: Drag['pressed'], { clientX, clientY }: MouseEvent): boolean {
  return pressed !== undefined && Math.hypot(clientX - pressed.x, clientY - pressed.y) < LEAST_DRAG
}
