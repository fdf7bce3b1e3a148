import { Button, type ButtonProps } from '@mantine/core'
import type { ReactNode } from 'react'

interface SteadyButtonProps
  extends Pick<ButtonProps, 'fullWidth' | 'justify' | 'leftSection' | 'size' | 'variant'> {
  /** Whether it can do something at present. */
  readonly isReady: boolean
  /** Called also when it is not ready, and may then say why. */
  onClick(): void
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-label'?: string | undefined
  readonly children: ReactNode
}

/** Button that keeps the focus when its own click leaves it with nothing to do: `disabled` would drop it. */
export function SteadyButton({ isReady, children, ...others }: SteadyButtonProps) {
  return (
    <Button
      size="xs"
      variant="default"
      aria-disabled={!isReady || undefined}
      data-disabled={!isReady}
      {...others}
    >
      {children}
    </Button>
  )
}
