import { Button, Loader } from '@mantine/core'
import { useHotkeys, useReducedMotion } from '@mantine/hooks'
import { useEffect } from 'react'
import { toggleMotion, useLoop } from '../replay/loop.ts'
import { MotionButton } from '../replay/MotionButton.tsx'
import { Introduction } from '../ui/Introduction.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { Chapter } from './Chapter.tsx'
import { loadTooFewLabels, useTooFewLabels } from './data.ts'

/** Renders a chapter in five steps: what few labels teach, and what more of them change. */
export default function FewLabelsPage() {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const { data, problem } = useTooFewLabels()
  useLoop(still)
  useHotkeys([['Space', toggleMotion]], ['BUTTON', 'A', 'INPUT'])
  useEffect(() => void loadTooFewLabels(), [])
  return (
    <div className={kit.page}>
      <Introduction title="When labels are too few" ways={data ? <MotionButton /> : null}>
        What a few labels teach an agent, and what more of them change: five short steps with
        numbers and paths from trainings that were run with this lab.
      </Introduction>
      {data ? <Chapter data={data} /> : <Unloaded problem={problem} />}
    </div>
  )
}

function Unloaded({ problem }: { readonly problem: string | undefined }) {
  if (problem === undefined) {
    return (
      <p className={kit.row} role="status">
        <Loader size="sm" /> Loading the trainings…
      </p>
    )
  }
  return (
    <Notice
      role="alert"
      action={
        <Button size="compact-sm" variant="default" onClick={() => void loadTooFewLabels()}>
          Try again
        </Button>
      }
    >
      {problem}
    </Notice>
  )
}
