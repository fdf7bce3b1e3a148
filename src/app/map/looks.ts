/** Colour themes of maps: the island's own colours, or a chart that suits the page around it. */
import type { StageColour } from '../stages.ts'

export interface MapLook {
  readonly name: string
  /** Gradient colours of the sea, from top to bottom. */
  readonly sea: readonly [string, string]
  readonly shallows: string
  readonly shore: string
  readonly land: string
  readonly rock: string
  readonly shadow: string
  readonly jumppad: string
  readonly jumppadInk: string
  readonly spawn: string
  /** Outline of characters and dots, which sets them off from the ground. */
  readonly outline: string
  /** Key of the stage colour that trails are drawn in. */
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

/** Chart themes in muted colours, so that trails of every stage stand out from the ground. */
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
