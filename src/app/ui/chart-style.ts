/** Style shared by all charts: unobtrusive axes in the page's colours. */

export const AXIS = {
  tick: { fill: 'var(--mantine-color-dimmed)', fontSize: 12 },
  tickLine: false,
  stroke: 'var(--surface-line)',
} as const

/** Width of the vertical axis in pixels, with room for `100 %`. */
export const AXIS_WIDTH = 58

export const GRID = { stroke: 'var(--surface-line)' } as const

export const TOOLTIP = {
  cursor: { stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '3 3' },
  contentStyle: {
    border: '1px solid var(--surface-line)',
    borderRadius: 10,
    background: 'var(--surface)',
    color: 'var(--mantine-color-text)',
    fontSize: 13,
  },
  itemStyle: { color: 'var(--mantine-color-text)', padding: 0 },
} as const
