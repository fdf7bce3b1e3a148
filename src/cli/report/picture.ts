/** Vega-Lite figures: their shared style and their rendering to SVG. */
import { parse, textMetrics, View } from 'vega'
import { type Config, compile, type TopLevelSpec } from 'vega-lite'

// Exported by Vega, which lets applications without a canvas override it, but missing from its types.
declare module 'vega' {
  const textMetrics: {
    /** Returns the width of a text in pixels. */
    width(item: { readonly fontSize?: number; readonly text?: unknown }, text?: unknown): number
  }
}

/** Mean letter width in system fonts, as a fraction of the font size. Vega's default of 0.8 is too wide. */
const LETTER_WIDTH = 0.58

textMetrics.width = (item, text = item.text) =>
  LETTER_WIDTH * (item.fontSize ?? 11) * String(text ?? '').length

/** Figure of the report, not yet rendered. */
export interface Picture {
  /** File name within the report's folder of pictures. */
  readonly file: string
  /** Text alternative that describes the figure. */
  readonly alt: string
  readonly spec: TopLevelSpec
}

/** Part of a figure that is concatenated with others. */
export type Panel = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'][number]

/** Layered panel without its layers. */
export type Frame = Omit<Extract<Panel, { layer: unknown }>, 'layer'>

/** One layer of a panel. */
export type Layer = Extract<Panel, { layer: unknown }>['layer'][number]

export const INK = '#222222'
export const FAINT_INK = '#6b6b6b'
const HAIRLINE = '#e4e4e4'

/** Colours that are distinguishable with any type of colour vision (Okabe & Ito 2008), darkest first. */
export const SAFE_COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#e69f00',
  '#000000',
] as const

/** Colours of the outcomes, from the same palette; grey for reaching no jumppad. */
export const ENDING_COLOURS = {
  none: '#7a7a7a',
  left: '#0072b2',
  middle: '#cc79a7',
  right: '#d55e00',
} as const

const LOOKS: Config = {
  // Marks need no ARIA labels: the figure is a single image with one description.
  aria: false,
  // White, so that the dark inks are legible in dark viewers too.
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
  // The same for all panels, so that rows of panels align exactly.
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
 * Lays out panels in rows. Panels in a row are aligned by their plot areas and ignore what
 * surrounds them, so the horizontal gap, in pixels, must leave room for labels.
 */
export function inRows(rows: readonly Panel[][], gaps: { across: number; down: number }) {
  return {
    spacing: gaps.down,
    vconcat: rows.map((row) => ({ bounds: 'flush', spacing: gaps.across, hconcat: row }) as const),
  } as const
}

/** Returns the title of a figure, with a subtitle that explains its marks. */
export function heading(text: string, ...subtitle: string[]) {
  return { text, subtitle, fontSize: 15, offset: 18 }
}

/** Ticks of a percentage axis. */
export const PERCENT_TICKS = [0, 25, 50, 75, 100]

/** Wide space that SVG does not collapse. */
export const GAP = '\u2003'

/** Renders a figure as SVG. */
export async function drawPicture({ spec }: Picture): Promise<string> {
  const view = new View(parse(compile(spec, { config: LOOKS }).spec), { renderer: 'none' })
  try {
    return shortened(await view.toSVG())
  } finally {
    view.finalize()
  }
}

/** Rounds paths and transforms to tenths of a pixel, which halves the file size without a visible change. */
function shortened(svg: string): string {
  return svg.replace(/ (?:d|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{2,}/g, (digits) => String(Number(Number(digits).toFixed(1)))),
  )
}
