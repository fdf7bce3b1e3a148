import { useHotkeys, useReducedMotion } from '@mantine/hooks'
import { useEffect } from 'react'
import type { Results } from '../../lab/models/results.ts'
import { PAPER_ADDRESS, PAPER_EPISODES, PAPER_NAME } from '../../procedure/paper.ts'
import { loadResults, useResults } from '../data/results.ts'
import { toggleMotion, useLoop } from '../replay/loop.ts'
import { MotionButton } from '../replay/MotionButton.tsx'
import { TourLink } from '../shell/TourLink.tsx'
import { countOf, whole } from '../ui/format.ts'
import { Introduction } from '../ui/Introduction.tsx'
import kit from '../ui/kit.module.css'
import classes from './Overview.module.css'
import { Picture } from './Picture.tsx'
import { ResultsNote } from './ResultsNote.tsx'
import {
  Alignment,
  Imitation,
  OffTheBeatenPath,
  OtherIslands,
  OtherMethods,
  PreferenceFineTuning,
  Preferences,
  Reinforcement,
  WhatEachPartIsWorth,
  WishesAboutStyle,
} from './sections.tsx'

/** Renders the whole procedure: the measured effect of each stage, beside the paper's values. */
export default function OverviewPage() {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const { status, results } = useResults()
  useLoop(still)
  useHotkeys([['Space', toggleMotion]], ['BUTTON', 'A', 'INPUT'])
  useEffect(() => void loadResults(), [])
  if (status === 'waiting') return <ResultsNote />
  return (
    <div className={kit.page}>
      <About />
      <ResultsNote />
      <Picture results={results} />
      <Legend />
      <Imitation results={results} />
      <Preferences results={results} />
      <PreferenceFineTuning results={results} />
      <Reinforcement results={results} />
      <Alignment results={results} />
      {results ? <OtherMethods results={results} /> : null}
      {results ? <WhatEachPartIsWorth results={results} /> : null}
      {results ? <OffTheBeatenPath results={results} /> : null}
      {results ? <OtherIslands results={results} /> : null}
      {results ? <WishesAboutStyle results={results} /> : null}
      {results ? <Cost results={results} /> : null}
    </div>
  )
}

function About() {
  return (
    <Introduction
      title="From imitating everybody to doing what was preferred"
      ways={
        <>
          <TourLink />
          <MotionButton />
        </>
      }
    >
      Six steps, the same ones that align language models, following{' '}
      <a href={PAPER_ADDRESS}>Aligning Agents like Large Language Models</a> ({PAPER_NAME}).
      Measured here on fresh episodes, beside the paper’s {whole(PAPER_EPISODES)} per stage.
    </Introduction>
  )
}

/** Legend of the marks; hidden from screen readers, for which the tables' headings say it. */
function Legend() {
  return (
    <p className={`${kit.legend} ${kit.faint}`} data-small aria-hidden="true">
      <span className={kit.item}>
        <span className={classes.legendBar} />
        share of fresh episodes, with its 95 % Wilson interval
      </span>
      <span className={kit.item}>
        <span className={classes.legendMark} />
        the paper’s value
      </span>
      <span className={kit.item}>
        <span className={classes.legendRing} />
        other training seeds
      </span>
    </p>
  )
}

function Cost({ results }: { readonly results: Results }) {
  const { size, worldVersion, machine, wallClock } = results
  const seconds = Object.values(wallClock).reduce((sum, each) => sum + each, 0)
  return (
    <p className={kit.small}>
      Networks of size “{size}”, world version {worldVersion}, on {machine}. Commands took{' '}
      {countOf(Math.round(seconds / 60), 'minute')} in total.
    </p>
  )
}
