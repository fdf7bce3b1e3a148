/** How a jumppad answers: all from the time since it was touched, in seconds; undefined: never. */

/** Seconds in which the panel gives way under the one who stands on it, as in `launchOffset`. */
const PRESS = 0.12

/** Radians by which the panel is raised: down a little, up at once, then it rings out. */
export function panelKick(seconds: number | undefined): number {
  if (seconds === undefined) return 0
  if (seconds < PRESS) return -0.05 * Math.sin((seconds / PRESS) * (Math.PI / 2))
  const since = seconds - PRESS
  const risen = Math.min(1, since / 0.05)
  return risen * 0.5 * Math.exp(-3.2 * since) * Math.cos(11 * Math.max(0, since - 0.05))
}

/** 1 at the throw, falling to 0. */
export function flash(seconds: number | undefined): number {
  if (seconds === undefined) return 0
  return seconds < PRESS ? seconds / PRESS : Math.exp(-2.4 * (seconds - PRESS))
}
