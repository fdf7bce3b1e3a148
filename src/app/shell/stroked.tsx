/** How the lab's icons are drawn. */
import type { ReactNode } from 'react'

export interface IconProps {
  /** Pixels. */
  readonly size?: number
}

/** An icon of lines on 24×24 with the text's colour; what it means is said beside it. */
export function stroked(paths: ReactNode, { size = 18 }: IconProps = {}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {paths}
    </svg>
  )
}
