/** Animation of a jumppad as a function of seconds since it was touched; undefined if it was not. */

/** Seconds for which the panel gives way under the character, as in `launchOffset`. */
const PRESS = 0.12

/** Returns the angle in radians by which the panel is raised: a slight dip, a kick, a damped oscillation. */
export function panelKick(seconds: number | undefined): number {
  if (seconds === undefined) return 0
  if (seconds < PRESS) return -0.05 * Math.sin((seconds / PRESS) * (Math.PI / 2))
  const since = seconds - PRESS
  const risen = Math.min(1, since / 0.05)
  return risen * 0.5 * Math.exp(-3.2 * since) * Math.cos(11 * Math.max(0, since - 0.05))
}

/** Returns the strength of the flash: rises to 1 at the throw, then decays to 0. */
export function flash(seconds: number | undefined): number {
  if (seconds === undefined) return 0
  return seconds < PRESS ? seconds / PRESS : Math.exp(-2.4 * (seconds - PRESS))
}
