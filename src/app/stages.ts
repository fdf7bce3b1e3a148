/**
 * Names, colours and a sentence for each stage, the same everywhere: base red, fine-tuned amber,
 * aligned green, preference fine-tuning between the two, and what is outside the main line apart.
 */
import { JUMPPADS, type JumppadName } from '../island/index.ts'
import { capitalised } from './sentences.ts'

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
  preference: { light: '#767c00', dark: '#d3dc4f', scene: '#cfe02a' },
  aligned: { light: '#1f8a4c', dark: '#45d483', scene: '#2fe07d' },
  scratch: { light: '#7a54b8', dark: '#bfa2f7', scene: '#b18cff' },
  other: { light: '#5b6b73', dark: '#a3b4bc', scene: '#e9f2f5' },
} as const satisfies Record<string, StageColour>

export type StageFamily = keyof typeof COLOURS

/** `aligned-left` and `aligned right` both belong to `aligned`. */
export function stageFamily(stage: string): StageFamily {
  if (stage.startsWith('base')) return 'base'
  if (stage.startsWith('fine')) return 'fine-tuned'
  if (stage.startsWith('preference')) return 'preference'
  if (stage.startsWith('aligned')) return 'aligned'
  if (stage.startsWith('scratch')) return 'scratch'
  return 'other'
}

/** The jumppad that a stage was trained towards, if any. */
export function wantedBy(stage: string): JumppadName | undefined {
  return JUMPPADS.map(({ name }) => name).find((name) => stage.endsWith(`-${name}`))
}

/** The end of the names of stages that were trained here on labels or clips of one's own. */
const OWN = /-own$/

/** What a stage is, in a sentence. */
export function stageSentence(stage: string): string {
  if (OWN.test(stage)) return OWN_SENTENCES[stageFamily(stage)] ?? ABOUT.other
  const wanted = wantedBy(stage)
  return wanted === undefined
    ? ABOUT[stageFamily(stage)]
    : ABOUT[stageFamily(stage)].replace('one jumppad', `the ${wanted} jumppad`)
}

const ABOUT: Record<StageFamily, string> = {
  base: 'Learnt by imitating many players of mixed skill and habits: general, but unreliable.',
  'fine-tuned':
    'The base agent, trained further on a few curated episodes that go straight to a jumppad.',
  preference:
    'Fine-tuned once more on its own best episodes, rated by what had learnt to prefer one jumppad.',
  aligned: 'Trained by trial and error on the learnt reward, towards one jumppad.',
  scratch: 'Trained on the curated episodes alone, without any pre-training.',
  other: 'A transformer that reads pixels and holds a gamepad.',
}

const OWN_SENTENCES: Partial<Record<StageFamily, string>> = {
  'fine-tuned': 'Trained further in this browser, on episodes that were chosen here.',
  preference:
    'Fine-tuned in this browser on its own best episodes, rated by what had learnt from labels.',
  aligned: 'Trained in this browser by trial and error, towards what labels prefer.',
}

export function stageColour(stage: string): StageColour {
  return COLOURS[stageFamily(stage)]
}

/** The CSS variable that holds the stage's colour in the present colour scheme. */
export function stageVariable(stage: string): string {
  return `var(--stage-${stageFamily(stage)})`
}

export function stageName(stage: string): string {
  const plain = stage.replace(OWN, '')
  const words = plain.replaceAll('-', ' ')
  const named = stageFamily(stage) === 'fine-tuned' ? plain.replaceAll('_', '-') : words
  return capitalised(named) + (plain === stage ? '' : ' (own)')
}

/** CSS variables of all stages for one colour scheme. */
export function stageVariables(scheme: 'light' | 'dark'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(COLOURS).map(([family, colour]) => [`--stage-${family}`, colour[scheme]]),
  )
}
