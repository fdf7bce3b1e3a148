import { Button, NativeSelect, Switch, Text, TextInput } from '@mantine/core'
import { useId, useMemo, useState } from 'react'
import { FARTHEST } from '../../alignment/map-schema.ts'
import { outcomeSchema } from '../../alignment/outcome-schema.ts'
import type { Jumppad, Obstacle, Surface } from '../../island/index.ts'
import kit from '../ui/kit.module.css'
import { NumberField } from '../ui/NumberField.tsx'
import { SteadyButton } from '../ui/SteadyButton.tsx'
import { edit, endRun, insert, move, remove, useEditing } from './editing.ts'
import { withInserted } from './insertion.ts'
import { type OutlineCorner, placeOf, type Thing, thingKey, thingName } from './things.ts'

interface SelectedThingProps {
  /** Called when the selected thing has been removed, and the button that had the focus with it. */
  onRemoved(): void
}

/** Renders the values of what is selected on the map. */
export function SelectedThing({ onRemoved }: SelectedThingProps) {
  const selected = useEditing((state) => state.selected)
  const { map } = useEditing((state) => state.island)
  const place = selected && placeOf(map, selected)
  return (
    <section className={kit.card} aria-labelledby="selected-title" onBlur={endRun}>
      <h2 className={kit.asideTitle} id="selected-title">
        {selected && place ? thingName(map, selected) : 'Nothing selected'}
      </h2>
      {selected && place ? (
        <>
          <div className={kit.row}>
            <NumberField
              label="x, m to the east"
              integer={false}
              minimum={-FARTHEST}
              maximum={FARTHEST}
              value={inMillimetres(place.x)}
              onChange={(x) => move(selected, { x, z: place.z }, 'x')}
            />
            <NumberField
              label="z, m to the south"
              integer={false}
              minimum={-FARTHEST}
              maximum={FARTHEST}
              value={inMillimetres(place.z)}
              onChange={(z) => move(selected, { x: place.x, z }, 'z')}
            />
          </div>
          <Others thing={selected} />
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              remove(selected)
              onRemoved()
            }}
          >
            Remove
          </Button>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          Select something on the map: with the Tab key or a click. The arrow keys move it by 0.5 m,
          with Shift by 0.1 m; Delete removes it. A double click on an edge inserts a corner there.
        </Text>
      )}
    </section>
  )
}

/** Returns metres to the millimetre, for corners in slanting edges. */
function inMillimetres(metres: number): number {
  return Math.round(metres * 1000) / 1000
}

function Others({ thing }: { readonly thing: Thing }) {
  const { map } = useEditing((state) => state.island)
  if (thing.kind === 'jumppad') {
    const jumppad = map.jumppads[thing.index]
    return jumppad ? <OfJumppad key={thing.index} index={thing.index} jumppad={jumppad} /> : null
  }
  if (thing.kind === 'obstacle') {
    const obstacle = map.obstacles[thing.index]
    return obstacle ? <OfObstacle index={thing.index} obstacle={obstacle} /> : null
  }
  if (thing.kind === 'corner') {
    const surface = map.surfaces[thing.surface]
    return surface ? <OfCorner corner={thing} surface={surface} /> : null
  }
  return null
}

function OfJumppad({ index, jumppad }: { readonly index: number; readonly jumppad: Jumppad }) {
  const { map } = useEditing((state) => state.island)
  const [typed, setTyped] = useState<string>()
  const change = (changes: Partial<Jumppad>, field: string) => {
    const jumppads = map.jumppads.with(index, { ...jumppad, ...changes })
    edit({ map: { ...map, jumppads } }, { run: `${thingKey({ kind: 'jumppad', index })} ${field}` })
  }
  const isName = typed === undefined || outcomeSchema.safeParse(typed).success
  return (
    <>
      <TextInput
        size="sm"
        label="Name"
        value={typed ?? jumppad.name}
        error={isName ? null : 'Expected up to four words of lower-case letters, not none or any'}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value)
          if (outcomeSchema.safeParse(value).success) change({ name: value }, 'name')
        }}
        onBlur={() => setTyped(undefined)}
      />
      <NumberField
        label="Throws towards, degrees to the left of north"
        integer
        minimum={-180}
        maximum={180}
        value={Math.round((jumppad.yaw * 180) / Math.PI)}
        onChange={(degrees) => change({ yaw: (degrees * Math.PI) / 180 }, 'yaw')}
      />
    </>
  )
}

function OfObstacle({ index, obstacle }: { readonly index: number; readonly obstacle: Obstacle }) {
  const { map } = useEditing((state) => state.island)
  const change = (changes: Partial<Obstacle>, field: string) => {
    const obstacles = map.obstacles.with(index, { ...obstacle, ...changes })
    edit(
      { map: { ...map, obstacles } },
      { run: `${thingKey({ kind: 'obstacle', index })} ${field}` },
    )
  }
  return (
    <div className={kit.row}>
      <NumberField
        label="Radius, m"
        integer={false}
        minimum={0.2}
        maximum={6}
        value={obstacle.radius}
        onChange={(radius) => change({ radius }, 'radius')}
      />
      <NumberField
        label="Height, m"
        integer={false}
        minimum={0.5}
        maximum={10}
        value={obstacle.height}
        onChange={(height) => change({ height }, 'height')}
      />
    </div>
  )
}

function OfCorner({
  corner,
  surface,
}: {
  readonly corner: OutlineCorner
  readonly surface: Surface
}) {
  return (
    <>
      <OfSurface index={corner.surface} surface={surface} />
      <InsertCorner after={corner} />
    </>
  )
}

function InsertCorner({ after }: { readonly after: OutlineCorner }) {
  const { map } = useEditing((state) => state.island)
  const inserted = useMemo(() => withInserted(map, after), [map, after])
  const reason = 'reason' in inserted ? inserted.reason : undefined
  const reasonId = useId()
  return (
    <>
      <SteadyButton
        isReady={reason === undefined}
        aria-describedby={reason && reasonId}
        onClick={() => insert(after)}
      >
        Insert a corner after this one
      </SteadyButton>
      {reason ? (
        <Text id={reasonId} size="sm" c="dimmed">
          {reason}
        </Text>
      ) : null}
    </>
  )
}

const MATERIALS = [
  { value: 'ground', label: 'Ground' },
  { value: 'platform', label: 'Platform' },
  { value: 'bridge', label: 'Bridge' },
] as const

function OfSurface({ index, surface }: { readonly index: number; readonly surface: Surface }) {
  const { map } = useEditing((state) => state.island)
  const change = (changes: Partial<Surface>) => {
    const surfaces = map.surfaces.with(index, { ...surface, ...changes })
    edit({ map: { ...map, surfaces } })
  }
  return (
    <>
      <NativeSelect
        size="sm"
        label={`Material of ${surface.name}`}
        data={[...MATERIALS]}
        value={surface.material}
        onChange={({ currentTarget }) => {
          const found = MATERIALS.find(({ value }) => value === currentTarget.value)
          if (found) change({ material: found.value })
        }}
      />
      <Switch
        label="Counts as a side path"
        description="Off the usual routes to the jumppads. “Aside” on the Evaluate page is the share of time that an agent spends on side paths."
        checked={surface.aside ?? false}
        // Left out rather than false, as on the shipped islands: a switch back leaves the island as it was.
        onChange={({ currentTarget }) => change({ aside: currentTarget.checked || undefined })}
      />
    </>
  )
}
