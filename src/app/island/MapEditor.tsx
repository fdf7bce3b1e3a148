import { useElementSize } from '@mantine/hooks'
import type { KeyboardEvent, MouseEvent, PointerEvent, RefObject } from 'react'
import { type IslandMap, type Point, worldOf } from '../../island/index.ts'
import { endRun, insertAt, move, remove, select, useEditing } from './editing.ts'
import classes from './MapEditor.module.css'
import { isSame, placeOf, type Thing, thingKey, thingName, thingsOf } from './things.ts'
import { placeUnder, useDrag } from './use-drag.ts'

/** Metres per press of an arrow key; with Shift. */
const STEP = 0.5
const SMALL_STEP = 0.1

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, z: 0 },
  ArrowRight: { x: 1, z: 0 },
  ArrowUp: { x: 0, z: -1 },
  ArrowDown: { x: 0, z: 1 },
}

interface MapEditorProps {
  /** Drawing that takes the focus when the focused thing is removed. */
  readonly drawing: RefObject<SVGSVGElement | null>
}

/** Renders the island from above, north up, with a handle for everything that can be moved. */
export function MapEditor({ drawing }: MapEditorProps) {
  const { map } = useEditing(({ island }) => island)
  const { shown, begin, follow, drop, cancel } = useDrag(map, drawing)
  const { minX, maxX, minZ, maxZ } = worldOf({ island: map }).bounds
  const { ref: frame, width, height } = useElementSize<HTMLDivElement>()
  const pixelsPerMetre = Math.min(width / (maxX - minX), height / (maxZ - minZ))
  const grasp = pixelsPerMetre > 0 ? Math.max(GRASP, GRASP_PIXELS / pixelsPerMetre) : GRASP
  const insertUnder = (event: MouseEvent) => {
    const at = placeUnder(drawing.current, event)
    if (at) insertAt(at, grasp)
  }
  return (
    <div ref={frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be an SVG */}
      <svg
        ref={drawing}
        tabIndex={-1}
        role="group"
        aria-label="Map of the island, north up"
        className={classes.map}
        viewBox={`${minX} ${minZ} ${maxX - minX} ${maxZ - minZ}`}
        onPointerMove={follow}
        onPointerUp={drop}
        onPointerCancel={cancel}
        onDoubleClick={insertUnder}
      >
        <title>Map of the island, north up</title>
        <Ground map={shown} />
        {thingsOf(shown).map((thing) => (
          <Handle
            key={thingKey(thing)}
            map={shown}
            thing={thing}
            grasp={grasp}
            onGrab={begin}
            onRemove={() => {
              remove(thing)
              drawing.current?.focus()
            }}
          />
        ))}
      </svg>
    </div>
  )
}

function Ground({ map }: { readonly map: IslandMap }) {
  const outline = (corners: readonly Point[]) => corners.map(({ x, z }) => `${x},${z}`).join(' ')
  return (
    <g>
      {/* One after the other, so that the shore of no surface lies on another. */}
      {['shore', 'land'].map((layer) =>
        map.surfaces.map(({ name, material, corners }, index) => (
          <polygon
            // biome-ignore lint/suspicious/noArrayIndexKey: a surface is its place in the list
            key={`${layer} ${index} ${name}`}
            className={classes[layer]}
            data-material={material}
            points={outline(corners)}
          />
        )),
      )}
      {map.obstacles.map(({ x, z, radius }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an obstacle is its place in the list
        <circle key={index} className={classes.obstacle} cx={x} cy={z} r={radius} />
      ))}
      {map.jumppads.map(({ x, z, yaw, radius }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a jumppad is its place in the list
        <g key={index} transform={`translate(${x} ${z}) rotate(${(-yaw * 180) / Math.PI})`}>
          <rect
            className={classes.jumppad}
            x={-radius * 0.85}
            y={-radius * 0.85}
            width={radius * 1.7}
            height={radius * 1.7}
            rx={0.3}
          />
          <path className={classes.arrow} d="M-0.7-0.45L0-1.1L0.7-0.45" />
        </g>
      ))}
    </g>
  )
}

interface HandleProps {
  readonly map: IslandMap
  readonly thing: Thing
  /** Radius in metres of the part that can be grabbed. */
  readonly grasp: number
  onGrab(thing: Thing, event: PointerEvent): void
  onRemove(): void
}

/** Minimum radius of the part of a handle that can be grabbed, in metres and in CSS pixels. */
const GRASP = 0.9
const GRASP_PIXELS = 12

function Handle({ map, thing, grasp, onGrab, onRemove }: HandleProps) {
  const isSelected = useEditing(({ selected }) => selected !== undefined && isSame(selected, thing))
  const place = placeOf(map, thing)
  if (!place) return null
  const { x, z } = place
  const press = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key]
    if (direction) {
      event.preventDefault()
      const step = event.shiftKey ? SMALL_STEP : STEP
      move(thing, { x: x + step * direction.x, z: z + step * direction.z }, 'arrow keys')
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      onRemove()
    }
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot be inside an SVG
    <g
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      aria-label={`${thingName(map, thing)}, x ${x.toFixed(1)}, z ${z.toFixed(1)}`}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Delete"
      className={classes.handle}
      data-kind={thing.kind}
      data-selected={isSelected || undefined}
      onPointerDown={(event) => onGrab(thing, event)}
      onFocus={() => select(thing)}
      onBlur={endRun}
      onKeyDown={press}
      onKeyUp={({ key }) => {
        if (DIRECTIONS[key]) endRun()
      }}
    >
      <circle className={classes.grasp} cx={x} cy={z} r={grasp} />
      <circle className={classes.dot} cx={x} cy={z} r={thing.kind === 'corner' ? 0.28 : 0.38} />
    </g>
  )
}
