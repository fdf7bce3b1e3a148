import { useEffect, useState } from 'react'

/** Restores the focus on unmount, as a dialog that is mounted open and removed at once cannot do itself. */
export function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus()
    },
    [before],
  )
}
