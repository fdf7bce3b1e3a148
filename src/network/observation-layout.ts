import { FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from '../island/index.ts'

/** Side of a square patch in pixels. */
export const PATCH_SIDE = 8
export const PATCH_ROWS = FRAME_HEIGHT / PATCH_SIDE
export const PATCH_COLUMNS = FRAME_WIDTH / PATCH_SIDE
/** Patches per frame: 4 rows of 8. */
export const PATCHES = PATCH_ROWS * PATCH_COLUMNS
/** Colour values per patch: 8 × 8 × 3. */
export const PATCH_VALUES = FRAME_BYTES / PATCHES

/** Layout name in every model file, so that files with another layout are rejected, not misread. */
export const OBSERVATION_LAYOUT = `rgb-uint8-${FRAME_HEIGHT}x${FRAME_WIDTH}x3`
