import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'

/**
 * Creates a desk for as long as its part of the page is shown. With reduced motion, clips stand still
 * with their paths drawn. `create` must stay the same from one rendering to the next.
 */
export function useStudyDesk<Desk extends { dispose(): void }>(
  create: (still: boolean) => Desk | undefined,
): Desk | undefined {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const [desk, setDesk] = useState<Desk>()
  useEffect(() => {
    const created = create(still)
    setDesk(created)
    return () => created?.dispose()
  }, [create, still])
  return desk
}
