/** Pictures of what the agent saw, plain or with what each part contributes to the reward. */
import type { Clip } from '../../alignment/labels/index.ts'
import { FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH, Island, Renderer } from '../../island/index.ts'
import { PATCH_COLUMNS, PATCH_SIDE } from '../../network/observation-layout.ts'

type Colour = readonly [red: number, green: number, blue: number]

/** Colours of parts that raise and that lower the reward; safe for the colour-blind. */
const RAISES: Colour = [0, 119, 212]
const LOWERS: Colour = [217, 95, 2]
const GREY: Colour = [128, 128, 128]

/** CSS gradient of the effects' colours, from the strongest that lowers to the strongest that raises. */
export const EFFECT_GRADIENT = `linear-gradient(90deg, ${[LOWERS, GREY, RAISES].map(printed).join(', ')})`

/** Share of the strongest colour that covers the picture. */
const STRONGEST = 0.85

/** Returns the frame seen before a decision of a clip: RGB, rows top to bottom. */
export function frameOf(clip: Clip, decision: number): Uint8Array {
  const island = new Island(clip)
  for (const action of clip.actions.subarray(0, decision)) island.step(action)
  const frame = new Uint8Array(FRAME_BYTES)
  island.render(new Renderer(), frame, 0)
  return frame
}

/** Draws a frame on a canvas of its size. */
export function drawFrame(canvas: HTMLCanvasElement, frame: Uint8Array): void {
  draw(canvas, frame, (_, colour) => colour)
}

/**
 * Draws a frame in shades of grey, its patches tinted by their effects: as strongly as an effect is a
 * share of `most`.
 */
export function drawEffects(
  canvas: HTMLCanvasElement,
  frame: Uint8Array,
  effects: Float32Array,
  most: number,
): void {
  draw(canvas, frame, (patch, [red, green, blue]) => {
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue
    const effect = effects[patch] ?? 0
    const share = most > 0 ? STRONGEST * Math.min(1, Math.abs(effect) / most) : 0
    const [r, g, b] = effect > 0 ? RAISES : LOWERS
    const mixed = (channel: number): number => grey + share * (channel - grey)
    return [mixed(r), mixed(g), mixed(b)]
  })
}

/** Draws a frame with each colour replaced by `colourOf` the patch and the colour. */
function draw(
  canvas: HTMLCanvasElement,
  frame: Uint8Array,
  colourOf: (patch: number, colour: Colour) => Colour,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const image = context.createImageData(FRAME_WIDTH, FRAME_HEIGHT)
  for (let pixel = 0; pixel < FRAME_WIDTH * FRAME_HEIGHT; pixel++) {
    const [red = 0, green = 0, blue = 0] = frame.subarray(3 * pixel, 3 * pixel + 3)
    const row = Math.floor(pixel / FRAME_WIDTH / PATCH_SIDE)
    const column = Math.floor((pixel % FRAME_WIDTH) / PATCH_SIDE)
    const colour = colourOf(row * PATCH_COLUMNS + column, [red, green, blue])
    image.data.set([...colour, 255], 4 * pixel)
  }
  context.putImageData(image, 0, 0)
}

function printed(colour: Colour): string {
  return `rgb(${colour.join(' ')})`
}
