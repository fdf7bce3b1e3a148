/** Geometry of an obstacle: courses of cut stone with a capstone, about 1 in radius and height. */
import { type BufferGeometry, CylinderGeometry, LatheGeometry, Vector2 } from 'three'
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js'
import { grain } from './grain.ts'
import { colouredBy } from './shaping.ts'

const COURSES = 4
const BLOCKS = 9
/** Share of the height taken by the courses; the rest is the capstone. */
const SHAFT = 0.92
const JOINT = 0.018

/** Returns the shaft, with brightness as vertex colours: no two stones alike, joints in shadow. */
export function pillarShaft(): BufferGeometry {
  const stones: BufferGeometry[] = [core()]
  const height = SHAFT / COURSES
  for (let course = 0; course < COURSES; course++) {
    for (let block = 0; block < BLOCKS; block++) {
      stones.push(stone(course, block, height))
    }
  }
  return mergeGeometries(stones)
}

/** Returns the dark core that is visible between the stones. */
function core(): BufferGeometry {
  const inside = new CylinderGeometry(0.9, 0.9, SHAFT, 18, 1, true).toNonIndexed()
  return colouredBy(inside.translate(0, SHAFT / 2, 0), () => [0.4, 0.4, 0.4])
}

function stone(course: number, block: number, height: number): BufferGeometry {
  const turn = (2 * Math.PI) / BLOCKS
  const salt = 17 * course + block
  const gap = 0.03
  const radius = 0.965 + 0.035 * grain(salt, 41)
  // The foot is widest, so that the pillar stands on the ground instead of seeming to float.
  const low = course === 0 ? radius + 0.05 : radius
  const from = (block + 0.5 * (course % 2)) * turn + gap
  const wedge = profile(low, radius, course * height + JOINT, (course + 1) * height - JOINT)
  const geometry = new LatheGeometry(wedge, 2, from, turn - 2 * gap).toNonIndexed()
  const light = 0.84 + 0.26 * grain(salt, 43)
  geometry.computeVertexNormals()
  return colouredBy(geometry, (_, y) => {
    const shade = light * (0.86 + 0.16 * y)
    return [shade, shade, shade]
  })
}

/** Returns a stone's outline from the core outwards and back, with worn edges. */
function profile(low: number, high: number, foot: number, top: number): Vector2[] {
  const worn = 0.03
  return [
    [0.88, foot],
    [low - worn, foot],
    [low, foot + worn],
    [high, top - worn],
    [high - worn, top],
    [0.88, top],
  ].map(([radius, y]) => new Vector2(radius, y))
}

export function pillarCap(): BufferGeometry {
  const outline = [
    [0.9, SHAFT - 0.02],
    [1.02, SHAFT],
    [1.05, SHAFT + 0.03],
    [1.05, SHAFT + 0.06],
    [0.98, SHAFT + 0.09],
    [0.7, 1],
    [0, 1.01],
  ] as const
  const cap = new LatheGeometry(
    outline.map(([radius, y]) => new Vector2(radius, y)),
    18,
  ).toNonIndexed()
  cap.computeVertexNormals()
  return colouredBy(cap, () => [1, 1, 1])
}
