/**
 * Names, colours and descriptions of the stages, the same on all pages: base red, fine-tuned amber,
 * aligned green, preference fine-tuning between these two, and stages outside the main line apart.
 */
import type { JumppadName } from '../island/index.ts'
import { modelStage, type StageFamily } from '../procedure/model-stages.ts'

export interface StageColour {
  /** Colour on light surfaces. */
  readonly light: string
  /** Colour on dark surfaces. */
  readonly dark: string
  /** Colour in the 3D scene, in either colour scheme. */
  readonly scene: string
}

/** Colour of what is outside the main line. */
const OUTSIDE: StageColour = { light: '#5b6b73', dark: '#a3b4bc', scene: '#e9f2f5' }

const COLOURS = {
  base: { light: '#cf3339', dark: '#ff6f6f', scene: '#ff3b3f' },
  'fine-tuned': { light: '#c96f00', dark: '#ffb52e', scene: '#ffae1a' },
  preference: { light: '#767c00', dark: '#d3dc4f', scene: '#cfe02a' },
  aligned: { light: '#1f8a4c', dark: '#45d483', scene: '#2fe07d' },
  scratch: { light: '#7a54b8', dark: '#bfa2f7', scene: '#b18cff' },
  reward: OUTSIDE,
  other: OUTSIDE,
} as const satisfies Record<StageFamily, StageColour>

export function stageFamily(stage: string): StageFamily {
  return modelStage(stage).family
}

/** Returns the jumppad that a stage was trained towards, if any. */
export function wantedBy(stage: string): JumppadName | undefined {
  return modelStage(stage).wanted
}

/** Returns a description of a stage, as a sentence. */
export function stageSentence(stage: string): string {
  const { family, own, wanted } = modelStage(stage)
  if (own) return OWN_SENTENCES[family] ?? ABOUT.other
  return wanted === undefined
    ? ABOUT[family]
    : ABOUT[family].replace('one jumppad', `the ${wanted} jumppad`)
}

const ABOUT: Record<StageFamily, string> = {
  base: 'Learned by imitating many players of mixed skill and habits: general, but unreliable.',
  'fine-tuned':
    'The base agent, trained further on a few curated episodes that go straight to a jumppad.',
  preference:
    'Fine-tuned again on its own best episodes, rated by a reward model that prefers one jumppad.',
  aligned: 'Trained by trial and error on the learned reward, towards one jumppad.',
  scratch: 'Trained on the curated episodes alone, without any pre-training.',
  reward: 'Scores clips by what it has learned to prefer.',
  other: 'A transformer that reads pixels and holds a gamepad.',
}

const OWN_SENTENCES: Partial<Record<StageFamily, string>> = {
  'fine-tuned': 'Trained further in this browser, on episodes selected here.',
  preference:
    'Fine-tuned in this browser on its own best episodes, rated by a reward model trained on labels.',
  aligned: 'Trained in this browser, towards what the labels prefer.',
}

export function stageColour(stage: string): StageColour {
  return COLOURS[stageFamily(stage)]
}

/** Returns the CSS variable that holds the stage's colour in the current colour scheme. */
export function stageVariable(stage: string): string {
  return `var(--stage-${stageFamily(stage)})`
}

/** Returns the CSS variables of all stages for one colour scheme. */
export function stageVariables(scheme: 'light' | 'dark'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(COLOURS).map(([family, colour]) => [`--stage-${family}`, colour[scheme]]),
  )
}
