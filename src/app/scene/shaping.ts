/** Small operations on geometry that several shapes share. */
import { BufferAttribute, BufferGeometry, type Color } from 'three'
import { grain } from './grain.ts'

/** Gives all vertices one colour; drops texture coordinates, so that parts can be merged. */
export function shaded(geometry: BufferGeometry, { r, g, b }: Color): BufferGeometry {
  return colouredBy(geometry, () => [r, g, b])
}

/** Colours foliage from brightness `low` at its foot to `high` at its top, as if lit by the sky. */
export function litFromAbove(geometry: BufferGeometry, low: number, high: number): BufferGeometry {
  return colouredBy(geometry, (_, y) => {
    const light = low + (high - low) * y
    return [light, light, light]
  })
}

/** Colours each vertex by its position; drops texture coordinates. */
export function colouredBy(
  geometry: BufferGeometry,
  colourAt: (x: number, y: number, z: number) => readonly [number, number, number],
): BufferGeometry {
  const positions = geometry.getAttribute('position')
  const colours = new Float32Array(3 * positions.count)
  for (let i = 0; i < positions.count; i++) {
    colours.set(colourAt(positions.getX(i), positions.getY(i), positions.getZ(i)), 3 * i)
  }
  geometry.setAttribute('color', new BufferAttribute(colours, 3))
  geometry.deleteAttribute('uv')
  return geometry
}

/** Scales each vertex's position a little, equally for vertices at the same place; radius 1 stays near 1. */
export function roughened(geometry: BufferGeometry, strength: number, salt: number) {
  const positions = geometry.getAttribute('position')
  for (let i = 0; i < positions.count; i++) {
    const x = positions.getX(i)
    const y = positions.getY(i)
    const z = positions.getZ(i)
    const place = Math.round(x * 40) * 7919 + Math.round(y * 40) * 104729 + Math.round(z * 40) * 31
    const scale = 1 + strength * (2 * grain(place & 0xffff, salt) - 1)
    positions.setXYZ(i, x * scale, y * scale, z * scale)
  }
  geometry.computeVertexNormals()
  return geometry
}

export type Corner = readonly [x: number, y: number, z: number]

/** Returns flat faces, each a fan around its first corner, counter-clockwise as seen from outside. */
export function facets(faces: readonly (readonly Corner[])[]): BufferGeometry {
  const positions: number[] = []
  for (const [first, ...rest] of faces) {
    rest.slice(1).forEach((corner, i) => {
      const before = rest[i]
      if (first && before) positions.push(...first, ...before, ...corner)
    })
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(positions), 3))
  geometry.computeVertexNormals()
  return geometry
}
