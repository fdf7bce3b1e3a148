/** Map of the island from above, north up, as layers to draw below and above the data. */
import { HOME, type Point } from '../../../island/index.ts'
import { type Frame, INK, type Layer } from '../picture.ts'

/** Scale in pixels per metre. */
const SCALE = 5.5

/** Settings shared by all map panels: size, sea colour, and projection from metres to pixels. */
export const MAP_PANEL: Frame = {
  width: SCALE * (HOME.bounds.maxX - HOME.bounds.minX),
  height: SCALE * (HOME.bounds.maxZ - HOME.bounds.minZ),
  view: { fill: '#d9e8ee' },
  projection: {
    type: 'identity',
    scale: SCALE,
    translate: [-SCALE * HOME.bounds.minX, -SCALE * HOME.bounds.minZ],
  },
}

const SHORE = '#b9b199'
const LAND = '#f8f5ec'
const ROCK = '#9a968d'
const JUMPPAD = '#ffd21f'
const JUMPPAD_RIM = '#6b4b00'

/** Number of polygon corners at which a disc looks round at this scale. */
const DISC_CORNERS = 32

function disc(centre: Point, radius: number): Point[] {
  return Array.from({ length: DISC_CORNERS }, (_, index) => {
    const angle = (2 * Math.PI * index) / DISC_CORNERS
    return { x: centre.x + radius * Math.cos(angle), z: centre.z + radius * Math.sin(angle) }
  })
}

function coordinates(points: readonly Point[]): [number, number][] {
  return points.map(({ x, z }) => [x, z])
}

interface Paint {
  readonly fill: string
  readonly stroke: string
  readonly strokeWidth: number
}

/** Returns a layer of filled GeoJSON polygons; each ring is closed by repeating its first corner. */
function areas(shapes: readonly (readonly Point[])[], paint: Paint): Layer {
  const values = shapes.map((corners) => ({
    type: 'Polygon',
    coordinates: [coordinates([...corners, ...corners.slice(0, 1)])],
  }))
  return { data: { values }, mark: { type: 'geoshape', strokeJoin: 'round', ...paint } }
}

/** Returns the layers for land, obstacles and jumppads. */
export function ground(): Layer[] {
  const land = HOME.map.surfaces.map(({ corners }) => corners)
  const rocks = HOME.obstacles.map((obstacle) => disc(obstacle, obstacle.radius))
  const pads = HOME.jumppads.map((jumppad) => disc(jumppad, jumppad.radius))
  return [
    areas(land, { fill: SHORE, stroke: SHORE, strokeWidth: 2.5 }),
    // The thin stroke hides antialiasing seams between surfaces.
    areas(land, { fill: LAND, stroke: LAND, strokeWidth: 0.6 }),
    areas(rocks, { fill: ROCK, stroke: ROCK, strokeWidth: 0 }),
    areas(pads, { fill: JUMPPAD, stroke: JUMPPAD_RIM, strokeWidth: 1 }),
  ]
}

/** Returns a layer of thin lines for paths in metres, each made of disconnected segments. */
export function trails(paths: readonly (readonly (readonly Point[])[])[], colour: string): Layer {
  const values = paths.map((pieces) => ({
    type: 'MultiLineString',
    coordinates: pieces.map(coordinates),
  }))
  return {
    data: { values },
    mark: {
      type: 'geoshape',
      filled: false,
      stroke: colour,
      strokeWidth: 1.1,
      opacity: 0.45,
      strokeJoin: 'round',
    },
  }
}

/** Returns a layer that marks positions with small rings. */
export function rings(places: readonly Point[], colour: string): Layer {
  return marks(places, { size: 26, fill: 'white', stroke: colour, strokeWidth: 1.2 })
}

/** Returns a layer that marks the spawns with crosses. */
export function spawnCrosses(): Layer {
  return marks(HOME.map.spawns, { shape: CROSS, size: 20, stroke: INK, strokeWidth: 1.5 })
}

const CROSS = 'M-1,-1L1,1M-1,1L1,-1'

function marks(places: readonly Point[], looks: Readonly<Record<string, string | number>>): Layer {
  return {
    // Copy the points, because Vega adds properties to its data objects and these belong to the world.
    data: { values: places.map((place) => ({ ...place })) },
    mark: { type: 'point', opacity: 1, ...looks },
    encoding: {
      longitude: { field: 'x', type: 'quantitative' },
      latitude: { field: 'z', type: 'quantitative' },
    },
  }
}
