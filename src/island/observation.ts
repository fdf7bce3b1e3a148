/**
 * Layout of an observation.
 *
 * A frame is FRAME_HEIGHT rows of FRAME_WIDTH pixels, top row first, three bytes (red, green, blue)
 * per pixel, without padding: FRAME_BYTES consecutive bytes.
 */
export const FRAME_WIDTH = 64
export const FRAME_HEIGHT = 32
export const FRAME_CHANNELS = 3
export const FRAME_PIXELS = FRAME_WIDTH * FRAME_HEIGHT
export const FRAME_BYTES = FRAME_PIXELS * FRAME_CHANNELS

/** Layout tag stored with each model, so that a model is never given frames of another layout. */
export const OBSERVATION_LAYOUT = `rgb8 ${FRAME_WIDTH}x${FRAME_HEIGHT} rows-top-first`
