/** Names and colours of the stages, the same everywhere: base red, fine-tuned amber, aligned green. */

export interface StageColour {
  /** On light surfaces. */
  readonly light: string
  /** On dark surfaces. */
  readonly dark: string
  /** In the scene, whatever the surfaces. */
  readonly scene: string
}

const COLOURS = {
  base: { light: '#cf3339', dark: '#ff6f6f', scene: '#ff3b3f' },
  'fine-tuned': { light: '#c96f00', dark: '#ffb52e', scene: '#ffae1a' },
  aligned: { light: '#1f8a4c', dark: '#45d483', scene: '#2fe07d' },
  other: { light: '#5b6b73', dark: '#a3b4bc', scene: '#e9f2f5' },
} as const satisfies Record<string, StageColour>

export type StageFamily = keyof typeof COLOURS

/** `aligned-left` and `aligned right` both belong to `aligned`. */
export function stageFamily(stage: string): StageFamily {
  if (stage.startsWith('base')) return 'base'
  if (stage.startsWith('fine')) return 'fine-tuned'
  if (stage.startsWith('aligned')) return 'aligned'
  return 'other'
}

export function stageColour(stage: string): StageColour {
  return COLOURS[stageFamily(stage)]
}

/** The CSS variable that holds the stage's colour in the present colour scheme. */
export function stageVariable(stage: string): string {
  return `var(--stage-${stageFamily(stage)})`
}

export function stageName(stage: string): string {
  const words = stage.replaceAll('-', ' ')
  const named = stageFamily(stage) === 'fine-tuned' ? stage.replaceAll('_', '-') : words
  return named.charAt(0).toUpperCase() + named.slice(1)
}

/** CSS variables of all stages for one colour scheme. */
export function stageVariables(scheme: 'light' | 'dark'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(COLOURS).map(([family, colour]) => [`--stage-${family}`, colour[scheme]]),
  )
}
