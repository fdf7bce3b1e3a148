/**
 * Version of everything that an episode's replay depends on. Raise it with any change that alters a
 * path or a pixel, so that replaying stored clips fails with an error instead of going wrong.
 */
export const WORLD_VERSION = 2

/** Duration of one action, in seconds of world time. */
export const DECISION_SECONDS = 0.1

/** Number of decisions after which an episode is truncated. */
export const EPISODE_DECISIONS = 100

/** Number of equal integration steps per decision. */
export const SUBSTEPS = 5
