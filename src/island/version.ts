/**
 * What an episode's replay depends on. Raise WORLD_VERSION with any change that moves a path or a
 * pixel: kept clips then say that they come from another world instead of replaying wrongly.
 */
export const WORLD_VERSION = 2

/** Seconds of world time that one action lasts. */
export const DECISION_SECONDS = 0.1

/** Decisions after which an episode is truncated. */
export const EPISODE_DECISIONS = 100

/** Equal steps in which the motion of one decision is integrated. */
export const SUBSTEPS = 5
