/**
 * Grey texture tiles, computed once from fixed lattice hashes and shared by every look.
 *
 * A look has no texture of its own: it picks a tile, rotates, scales and shifts it, and colours it
 * through its own palette. This gives millions of grounds from a handful of tiles and keeps a new
 * look cheap. Every tile repeats seamlessly and has mipmap levels, so that distant ground averages
 * out instead of aliasing.
 */
export const TILE_KINDS = [
  'mottled',
  'blotched',
  'furrowed',
  'paved',
  'pebbled',
  'cracked',
  'chequered',
] as const
export type TileKind = (typeof TILE_KINDS)[number]

/** Binary logarithm of the side of the finest level in texels; coordinates wrap by a mask. */
export const TILE_BITS = 7
export const TILE_SIZE = 1 << TILE_BITS
export const TILE_MASK = TILE_SIZE - 1
export const TILE_LEVELS = 5

/** Offset of each level `l` of (TILE_SIZE >> l)² texels, 0…255, in rows; then the total length. */
export const TILE_OFFSETS: readonly number[] = levelOffsets()

type Texel = (u: number, v: number) => number

const cache = new Map<TileKind, Uint8Array>()

/** Returns all levels of a tile, finest first, cached. */
export function tile(kind: TileKind): Uint8Array {
  let levels = cache.get(kind)
  if (!levels) {
    levels = build(PATTERNS[kind])
    cache.set(kind, levels)
  }
  return levels
}

function levelOffsets(): number[] {
  const offsets: number[] = []
  let total = 0
  for (let level = 0; level <= TILE_LEVELS; level++) {
    offsets.push(total)
    total += (TILE_SIZE >> level) * (TILE_SIZE >> level)
  }
  return offsets
}

function build(texel: Texel): Uint8Array {
  const levels = new Uint8Array(TILE_OFFSETS[TILE_LEVELS] as number) // has TILE_LEVELS + 1 entries
  const finest = new Float64Array(TILE_SIZE * TILE_SIZE)
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let v = 0; v < TILE_SIZE; v++) {
    for (let u = 0; u < TILE_SIZE; u++) {
      const value = texel(u, v)
      finest[v * TILE_SIZE + u] = value
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  for (let i = 0; i < finest.length; i++) {
    levels[i] = Math.round((255 * ((finest[i] ?? 0) - low)) / (high - low))
  }
  for (let level = 1; level < TILE_LEVELS; level++) halve(levels, level)
  return levels
}

/** Fills a level with the means of 2×2 texels of the next finer level. */
function halve(levels: Uint8Array, level: number): void {
  const size = TILE_SIZE >> level
  const from = TILE_OFFSETS[level - 1] as number
  const to = TILE_OFFSETS[level] as number
  const at = (u: number, v: number) => levels[from + v * size * 2 + u] ?? 0
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      const sum =
        at(2 * u, 2 * v) + at(2 * u + 1, 2 * v) + at(2 * u, 2 * v + 1) + at(2 * u + 1, 2 * v + 1)
      levels[to + v * size + u] = (sum + 2) >> 2
    }
  }
}

/** Returns an integer hash of a lattice point, scaled to 0…1. */
function hash(x: number, y: number, salt: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(salt, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 8) / 0xffffff
}

/**
 * Returns value noise with `cells` lattice cells along a side of the tile, smoothstep-interpolated.
 */
function noise(u: number, v: number, cells: number, salt: number): number {
  const x = (u * cells) / TILE_SIZE
  const y = (v * cells) / TILE_SIZE
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const x1 = (x0 + 1) % cells
  const y1 = (y0 + 1) % cells
  const fx = smooth(x - x0)
  const fy = smooth(y - y0)
  const top = hash(x0, y0, salt) * (1 - fx) + hash(x1, y0, salt) * fx
  const bottom = hash(x0, y1, salt) * (1 - fx) + hash(x1, y1, salt) * fx
  return top * (1 - fy) + bottom * fy
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t)
}

/** Sums octaves of value noise, each twice as fine and half as strong as the one before. */
function fractal(u: number, v: number, cells: number, octaves: number, salt: number): number {
  let sum = 0
  let strength = 1
  for (let octave = 0; octave < octaves; octave++) {
    sum += strength * noise(u, v, cells << octave, salt + octave)
    strength /= 2
  }
  return sum
}

/** Returns the distances, in cells, to the nearest two points; each of `cells`² cells has one. */
function nearestPoints(u: number, v: number, cells: number, salt: number) {
  const x = (u * cells) / TILE_SIZE
  const y = (v * cells) / TILE_SIZE
  let first = 9
  let second = 9
  for (let j = Math.floor(y) - 1; j <= Math.floor(y) + 1; j++) {
    for (let i = Math.floor(x) - 1; i <= Math.floor(x) + 1; i++) {
      const cx = (i + cells) % cells
      const cy = (j + cells) % cells
      const dx = i + hash(cx, cy, salt) - x
      const dy = j + hash(cx, cy, salt + 1) - y
      const distance = Math.sqrt(dx * dx + dy * dy)
      if (distance < first) {
        second = first
        first = distance
      } else if (distance < second) second = distance
    }
  }
  return { first, second }
}

/** Returns staggered rows of slabs, each slab in its own shade, with dark joints. */
function paving(u: number, v: number): number {
  const row = Math.floor(v / 16)
  const along = (u + (row % 2) * 16) % TILE_SIZE
  const slab = Math.floor(along / 32)
  const joint = v % 16 < 2 || along % 32 < 2
  return joint ? 0 : 0.45 + 0.4 * hash(slab, row, 31) + 0.25 * noise(u, v, 32, 37)
}

const PATTERNS: Readonly<Record<TileKind, Texel>> = {
  mottled: (u, v) => fractal(u, v, 8, 4, 1),
  blotched: (u, v) =>
    Math.max(0.75, Math.min(1.15, fractal(u, v, 6, 2, 11))) + 0.15 * noise(u, v, 64, 13),
  furrowed: (u, v) => {
    const ridge = ((v + 10 * noise(u, v, 4, 21)) / 16) % 1
    return Math.abs(2 * ridge - 1) + 0.5 * noise(u, v, 32, 23)
  },
  paved: paving,
  pebbled: (u, v) => 1 - nearestPoints(u, v, 12, 41).first + 0.2 * noise(u, v, 32, 43),
  cracked: (u, v) => {
    const { first, second } = nearestPoints(u, v, 7, 51)
    return Math.min(0.25, second - first) + 0.12 * fractal(u, v, 8, 3, 53)
  },
  chequered: (u, v) =>
    ((Math.floor(u / 16) + Math.floor(v / 16)) % 2) + 0.4 * fractal(u, v, 16, 2, 61),
}
