/**
 * Sine, cosine and arctangent from + − × ÷ and rounding alone, for identical bits on every
 * JavaScript engine: the language leaves `Math.sin` and the like implementation-defined. Errors are
 * below 1e-9. The symmetries hold bit for bit, because the mirrored island depends on them:
 * `sin(−x) === −sin(x)`, `cos(−x) === cos(x)`, `atan2(−y, x) === −atan2(y, x)`.
 */

export const PI = Math.PI
export const TWO_PI = 2 * PI
const HALF_PI = PI / 2
const QUARTER_PI = PI / 4
const TAN_EIGHTH_PI = 0.41421356237309503

/** Evaluates the Taylor polynomial of the sine, for |r| ≤ π/4. */
function sinNearZero(r: number): number {
  const s = r * r
  return (
    r *
    (1 + s * (-1 / 6 + s * (1 / 120 + s * (-1 / 5040 + s * (1 / 362_880 + s * (-1 / 39_916_800))))))
  )
}

/** Evaluates the Taylor polynomial of the cosine, for |r| ≤ π/4. */
function cosNearZero(r: number): number {
  const s = r * r
  return 1 + s * (-1 / 2 + s * (1 / 24 + s * (-1 / 720 + s * (1 / 40_320 + s * (-1 / 3_628_800)))))
}

/** Returns the sine of an angle in radians; meant for at most a few turns. */
export function sin(angle: number): number {
  return angle < 0 ? -sinOfPositive(-angle) : sinOfPositive(angle)
}

function sinOfPositive(angle: number): number {
  const quarter = Math.floor(angle / HALF_PI + 0.5)
  const r = angle - quarter * HALF_PI
  switch (quarter & 3) {
    case 0:
      return sinNearZero(r)
    case 1:
      return cosNearZero(r)
    case 2:
      return -sinNearZero(r)
    default:
      return -cosNearZero(r)
  }
}

/** Returns the cosine of an angle in radians; meant for at most a few turns. */
export function cos(angle: number): number {
  const positive = Math.abs(angle)
  const quarter = Math.floor(positive / HALF_PI + 0.5)
  const r = positive - quarter * HALF_PI
  switch (quarter & 3) {
    case 0:
      return cosNearZero(r)
    case 1:
      return -sinNearZero(r)
    case 2:
      return -cosNearZero(r)
    default:
      return sinNearZero(r)
  }
}

/** Evaluates the Taylor polynomial of the arctangent, for |t| ≤ tan(π/8). */
function atanNearZero(t: number): number {
  const s = t * t
  let sum = 1 / 23
  sum = 1 / 21 - s * sum
  sum = 1 / 19 - s * sum
  sum = 1 / 17 - s * sum
  sum = 1 / 15 - s * sum
  sum = 1 / 13 - s * sum
  sum = 1 / 11 - s * sum
  sum = 1 / 9 - s * sum
  sum = 1 / 7 - s * sum
  sum = 1 / 5 - s * sum
  sum = 1 / 3 - s * sum
  return t * (1 - s * sum)
}

/** Returns the arctangent of t, for 0 ≤ t ≤ 1. */
function atanOfFraction(t: number): number {
  return t > TAN_EIGHTH_PI ? QUARTER_PI + atanNearZero((t - 1) / (t + 1)) : atanNearZero(t)
}

/**
 * Returns the angle of the point (x, y) in [−π, π], counter-clockwise from +x; 0 for the origin. A
 * y of −0 counts as +0, so points on the negative x axis give π.
 */
export function atan2(y: number, x: number): number {
  const ax = Math.abs(x)
  const ay = Math.abs(y)
  if (ax === 0 && ay === 0) return 0
  const acute = ay <= ax ? atanOfFraction(ay / ax) : HALF_PI - atanOfFraction(ax / ay)
  const upper = x < 0 ? PI - acute : acute
  return y < 0 ? -upper : upper
}

/** Wraps an angle into [−π, π]; both ends stay as they are, so that wrapping is an odd function. */
export function wrapAngle(angle: number): number {
  let wrapped = angle
  while (wrapped > PI) wrapped -= TWO_PI
  while (wrapped < -PI) wrapped += TWO_PI
  return wrapped
}
