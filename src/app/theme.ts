import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { stageVariables } from './stages.ts'

/** Primary colour: the sea around the island. Reds, ambers and greens are reserved for the stages. */
const lagoon: MantineColorsTuple = [
  '#e6f7f8',
  '#d0ebed',
  '#a1d7db',
  '#6fc1c8',
  '#47afb8',
  '#2ca3ae',
  '#198f9b',
  '#0d7580',
  '#095f69',
  '#034c54',
]

/** Mantine's dark surfaces, tinted like deep water. */
const dark: MantineColorsTuple = [
  '#dfe8ea',
  '#b9c8cc',
  '#8fa3a9',
  '#6d8289',
  '#3c4e55',
  '#2a3a41',
  '#1d2b31',
  '#131e23',
  '#0d161a',
  '#080f12',
]

export const theme = createTheme({
  primaryColor: 'lagoon',
  // Dark enough for white text in both schemes.
  primaryShade: 7,
  autoContrast: true,
  colors: { lagoon, dark },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: '650' },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...stageVariables('light'),
    '--mantine-color-body': '#f3f1ea',
    '--mantine-color-dimmed': '#5a676c',
    '--mantine-color-error': '#b02525',
    '--surface': '#fffefb',
    '--surface-sunken': '#eceae1',
    '--surface-line': '#dfdbce',
    '--glass': 'rgb(255 254 251 / 0.86)',
    '--accent': lagoon[7],
    // Reference marks of bars, and series that are not stages: safe for colour-blind readers.
    '--mark': '#3a4a52',
    // Endings in figures that show all four: Okabe and Ito's palette, safe for the colour-blind.
    '--ending-none': '#8a979c',
    '--ending-left': '#0072b2',
    '--ending-middle': '#e0a100',
    '--ending-right': '#b5487e',
    '--ending-other-1': '#5d4a9c',
    '--ending-other-2': '#00795b',
    '--ending-other-3': '#a8420f',
    '--ending-other-4': '#16191b',
    '--series-1': '#0072b2',
    '--series-2': '#b4531a',
    // Colours of the map on which islands are drawn.
    '--map-sea': '#9fd0d8',
    '--map-shore': '#cdbf97',
    '--map-land': '#faf4e1',
    '--map-platform': '#efe3c2',
    '--map-bridge': '#d8bf92',
    '--map-obstacle': '#b3ab99',
    '--map-ink': '#10191d',
    '--map-paper': '#ffffff',
  },
  dark: {
    ...stageVariables('dark'),
    '--mantine-color-error': '#ff8787',
    '--mantine-color-body': '#0b1317',
    '--mantine-color-dimmed': '#9cafb5',
    '--surface': '#131e23',
    '--surface-sunken': '#0d161a',
    '--surface-line': '#25343a',
    '--glass': 'rgb(13 22 26 / 0.82)',
    '--accent': lagoon[4],
    '--mark': '#e6eef0',
    '--ending-none': '#74858c',
    '--ending-left': '#56b4e9',
    '--ending-middle': '#f0c23c',
    '--ending-right': '#e08bb8',
    '--ending-other-1': '#a898e0',
    '--ending-other-2': '#3fc79c',
    '--ending-other-3': '#f08b50',
    '--ending-other-4': '#f2f5f6',
    '--series-1': '#56b4e9',
    '--series-2': '#f0905a',
    '--map-sea': '#0b3a45',
    '--map-shore': '#6d7866',
    '--map-land': '#263238',
    '--map-platform': '#303c40',
    '--map-bridge': '#4d4436',
    '--map-obstacle': '#5c6a70',
    '--map-ink': '#f4f7f8',
    '--map-paper': '#10191d',
  },
})
