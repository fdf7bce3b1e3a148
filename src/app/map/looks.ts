/** The colours a map can have: those of the island, or of a chart that suits the page around it. */
import type { StageColour } from '../stages.ts'

export interface MapLook {
  readonly name: string
  /** From top to bottom. */
  readonly sea: readonly [string, string]
  readonly shallows: string
  readonly shore: string
  readonly land: string
  readonly rock: string
  readonly shadow: string
  readonly jumppad: string
  readonly jumppadInk: string
  readonly spawn: string
  /** Around what moves, to lift it off the ground. */
  readonly outline: string
  /** Which of a stage's colours its trails have. */
  readonly stages: keyof StageColour
}

export const ISLAND_LOOK: MapLook = {
  name: 'island',
  sea: ['#2f9fb0', '#1c7f96'],
  shallows: '#7fd0cf',
  shore: '#e3d3a4',
  land: '#8fb866',
  rock: '#7d7a73',
  shadow: 'rgb(20 40 30 / 0.25)',
  jumppad: '#ffcf1f',
  jumppadInk: '#6b4b00',
  spawn: 'rgb(20 40 30 / 0.55)',
  outline: '#14323a',
  stages: 'scene',
}

/** Calm, so that trails of any stage can be told from the ground. */
export const CHART_LOOKS: Readonly<Record<'light' | 'dark', MapLook>> = {
  light: {
    name: 'light chart',
    sea: ['#b5dae0', '#95c7d0'],
    shallows: '#cfe8e8',
    shore: '#cdbf97',
    land: '#faf4e1',
    rock: '#b3ab99',
    shadow: 'rgb(60 50 20 / 0.14)',
    jumppad: '#ffc814',
    jumppadInk: '#6b4b00',
    spawn: 'rgb(30 50 58 / 0.6)',
    outline: '#ffffff',
    stages: 'light',
  },
  dark: {
    name: 'dark chart',
    sea: ['#0b3a45', '#072730'],
    shallows: '#12505d',
    shore: '#6d7866',
    land: '#263238',
    rock: '#5c6a70',
    shadow: 'rgb(0 0 0 / 0.35)',
    jumppad: '#ffcf1f',
    jumppadInk: '#5a3f00',
    spawn: 'rgb(223 232 234 / 0.65)',
    outline: '#0b1317',
    stages: 'dark',
  },
}
