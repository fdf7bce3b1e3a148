/** Pictures: vega-lite specifications, the looks they share, and their rendering to SVG. */
import { parse, textMetrics, View } from 'vega'
import { type Config, compile, type TopLevelSpec } from 'vega-lite'

// Exported by vega, which asks whoever has no canvas to set its own, and left out of its types.
declare module 'vega' {
  const textMetrics: {
    /** The width of a text in pixels. */
    width(item: { readonly fontSize?: number; readonly text?: unknown }, text?: unknown): number
  }
}

/** Mean width of a letter in system fonts, in sizes of the font. Vega's own guess of 0.8 is ample. */
const LETTER_WIDTH = 0.58

textMetrics.width = (item, text = item.text) =>
  LETTER_WIDTH * (item.fontSize ?? 11) * String(text ?? '').length

/** A picture of the report, not yet drawn. */
export interface Picture {
  /** File name in the report's folder of pictures. */
  readonly file: string
  /** What it shows, for who cannot see it. */
  readonly alt: string
  readonly spec: TopLevelSpec
}

/** A part of a picture that is stacked with others. */
export type Panel = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'][number]

/** What a panel of layers is apart from them. */
export type Frame = Omit<Extract<Panel, { layer: unknown }>, 'layer'>

/** One layer of a panel. */
export type Layer = Extract<Panel, { layer: unknown }>['layer'][number]

export const INK = '#222222'
export const FAINT_INK = '#6b6b6b'
const HAIRLINE = '#e4e4e4'

/** Colours that people with any kind of colour vision tell apart (Okabe & Ito 2008), darkest first. */
export const SAFE_COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#e69f00',
  '#000000',
] as const

/** Endings in the same palette; reaching nothing is grey. */
export const ENDING_COLOURS = {
  none: '#7a7a7a',
  left: '#0072b2',
  middle: '#cc79a7',
  right: '#d55e00',
} as const

const LOOKS: Config = {
  // Marks need no labels of their own: the picture is one image with one description.
  aria: false,
  // White, so that the dark inks can be read in dark viewers too.
  background: '#ffffff',
  padding: 16,
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  view: { stroke: null },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    labelColor: INK,
    titleColor: INK,
    gridColor: HAIRLINE,
    domainColor: FAINT_INK,
    tickColor: FAINT_INK,
    tickSize: 4,
  },
  // The same for all, so that rows of panels stand exactly below each other.
  axisY: { minExtent: 28, maxExtent: 28 },
  title: {
    anchor: 'start',
    frame: 'group',
    fontSize: 14,
    fontWeight: 600,
    color: INK,
    subtitleFontSize: 12,
    subtitleColor: FAINT_INK,
    subtitlePadding: 4,
    offset: 8,
  },
  legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', labelColor: INK },
  text: { fontSize: 12, color: INK },
}

/**
 * Panels in rows. Within a row they are aligned by their insides, whatever stands around these: the
 * gap across, in pixels, has to hold labels.
 */
export function inRows(rows: readonly Panel[][], gaps: { across: number; down: number }) {
  return {
    spacing: gaps.down,
    vconcat: rows.map((row) => ({ bounds: 'flush', spacing: gaps.across, hconcat: row }) as const),
  } as const
}

/** The title of a whole picture, and in small what its marks are. */
export function heading(text: string, ...subtitle: string[]) {
  return { text, subtitle, fontSize: 15, offset: 18 }
}

/** Ticks of an axis in percent. */
export const PERCENT_TICKS = [0, 25, 50, 75, 100]

/** A gap in a line of words that SVG does not close up. */
export const GAP = '\u2003'

/** The picture as SVG. */
export async function drawPicture({ spec }: Picture): Promise<string> {
  const view = new View(parse(compile(spec, { config: LOOKS }).spec), { renderer: 'none' })
  try {
    return shortened(await view.toSVG())
  } finally {
    view.finalize()
  }
}

/** Rounds paths and places to tenths of a pixel: the same picture in half the bytes. */
function shortened(svg: string): string {
  return svg.replace(/ (?:d|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{2,}/g, (digits) => String(Number(Number(digits).toFixed(1)))),
  )
}
