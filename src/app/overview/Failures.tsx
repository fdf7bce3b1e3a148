import { Button } from '@mantine/core'
import { useState } from 'react'
import { stageName } from '../../procedure/model-stages.ts'
import type { Failure } from '../data/failures.ts'
import { PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { lazyPart } from '../ui/lazy-part.tsx'

const ClipPlayer = lazyPart(() => import('./ClipPlayer.tsx'))

interface FailuresProps {
  readonly stage: string
  readonly failures: readonly Failure[]
}

/** Renders a button for each kind of failure of the stage, which plays its clips. */
export function Failures({ stage, failures }: FailuresProps) {
  const [played, setPlayed] = useState<Failure>()
  if (failures.length === 0) return null
  return (
    <section className={kit.row} aria-label={`Failures of ${stageName(stage)}`}>
      <span className={kit.small}>Failures found</span>
      {failures.map((failure) => (
        <Button
          key={failure.title}
          fw={500}
          styles={{ section: { marginInlineEnd: 5 } }}
          size="compact-xs"
          variant="default"
          radius="xl"
          leftSection={<PlayIcon size={11} />}
          onClick={() => setPlayed(failure)}
        >
          {failure.title}
        </Button>
      ))}
      {played ? <ClipPlayer clip={played} onClose={() => setPlayed(undefined)} /> : null}
    </section>
  )
}
