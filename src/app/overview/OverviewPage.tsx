import { Button } from '@mantine/core'
import { useHotkeys, useReducedMotion } from '@mantine/hooks'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { PAPER_ADDRESS, PAPER_EPISODES, PAPER_NAME } from '../../procedure/paper.ts'
import { toggleMotion, useLoop, useMotion } from '../replay/loop.ts'
import { countOf } from '../sentences.ts'
import { PauseIcon, PlayIcon } from '../shell/icons.tsx'
import { loadResults, useResults } from '../stores/results.ts'
import classes from './Overview.module.css'
import { Picture, sectionId } from './Picture.tsx'
import { STEPS, type StepName, WANTED } from './procedure.ts'
import { Recovery } from './Recovery.tsx'
import { ResultsNote } from './ResultsNote.tsx'
import { RewardCard } from './RewardCard.tsx'
import { StageCard } from './StageCard.tsx'

const RewardPlot = lazy(() => import('./charts/RewardPlot.tsx'))
const LearningCurves = lazy(() => import('./charts/LearningCurves.tsx'))

/** The whole procedure: what each stage did to the agent, measured, beside the paper's. */
export default function OverviewPage() {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const { status, results } = useResults()
  useLoop(still)
  useHotkeys([['Space', toggleMotion]], ['BUTTON', 'A', 'INPUT'])
  useEffect(() => void loadResults(), [])
  if (status === 'waiting') return <ResultsNote />
  return (
    <div className={classes.page}>
      <header className={classes.intro}>
        <div>
          <h1 className={classes.title}>From imitating everybody to doing what was preferred</h1>
          <p className={classes.lead}>
            Six steps, the ones by which language models are aligned, after{' '}
            <a href={PAPER_ADDRESS}>Aligning Agents like Large Language Models</a> ({PAPER_NAME}).
            Measured here from fresh episodes, beside the paper’s{' '}
            {PAPER_EPISODES.toLocaleString('en')} a stage.
          </p>
        </div>
        <MotionButton />
      </header>
      <ResultsNote />
      <Picture results={results} />
      <Legend />
      <Section
        name="base"
        title="First it imitates"
        lead="Many people, then a few good clips. More reach a jumppad; which one is still anybody’s guess."
      >
        <div className={classes.duo}>
          <StageCard stage="base" results={results} />
          <StageCard stage="fine-tuned" results={results} />
        </div>
      </Section>
      <Section
        name="preferences"
        title="Then somebody says what is preferred"
        lead="Pairs of the fine-tuned agent’s own clips are compared. A reward model learns to tell which side won; it starts from the agent, so it already knows how to look."
      >
        {results ? (
          <div className={classes.trio}>
            {WANTED.map((wanted) => (
              <RewardCard key={wanted} wanted={wanted} results={results} />
            ))}
          </div>
        ) : null}
        <Chart title="How many comparisons does it take?">
          <RewardPlot results={results} />
        </Chart>
      </Section>
      <Section
        name="preference"
        title="It imitates its own best"
        lead="The clips that the reward model rates best are the next thing to imitate: most of the way, without any trial and error."
      >
        <Trio family="preference" />
      </Section>
      <Section
        name="rewards"
        title="And follows the reward"
        lead="Trial and error on the learnt reward, held near where it started. The share below is for us to see: training never does."
      >
        {results && results.reinforcement.length > 0 ? (
          <Chart title="Reinforcement learning, update by update">
            <LearningCurves results={results} />
          </Chart>
        ) : (
          <p className={classes.sentence}>Not measured yet.</p>
        )}
      </Section>
      <Section
        name="aligned"
        title="Until it does what was preferred"
        lead="One agent, three wishes, three different habits."
      >
        <Trio family="aligned" />
      </Section>
      {results ? (
        <section className={classes.section} aria-labelledby="recovery-title">
          <h2 className={classes.heading} id="recovery-title">
            Was pre-training worth it?
          </h2>
          <p className={classes.sentence}>
            An agent that saw only the curated clips, from starts that are in none of them. Share
            that reached a jumppad, percent, with 95 % intervals.
          </p>
          <Recovery results={results} />
        </section>
      ) : null}
      {results ? (
        <p className={classes.small}>
          Networks of size “{results.size}”, world version {results.worldVersion}, on{' '}
          {results.machine}. Commands took{' '}
          {countOf(Math.round(totalMinutes(results.wallClock)), 'minute')} in all.
        </p>
      ) : null}
    </div>
  )
}

function totalMinutes(wallClock: Readonly<Record<string, number>>): number {
  return Object.values(wallClock).reduce((sum, seconds) => sum + seconds, 0) / 60
}

/** The cards of a stage, one for each wanted jumppad. */
function Trio({ family }: { readonly family: 'preference' | 'aligned' }) {
  const results = useResults((state) => state.results)
  return (
    <div className={classes.trio}>
      {(STEPS.find(({ name }) => name === family)?.stages ?? []).map((stage) => (
        <StageCard key={stage} stage={stage} results={results} />
      ))}
    </div>
  )
}

interface SectionProps {
  readonly name: StepName
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
}

function Section({ name, title, lead, children }: SectionProps) {
  const id = sectionId(name)
  return (
    <section className={classes.section} id={id} tabIndex={-1} aria-labelledby={`${id}-title`}>
      <h2 className={classes.heading} id={`${id}-title`}>
        {title}
      </h2>
      <p className={classes.sentence}>{lead}</p>
      {children}
    </section>
  )
}

interface ChartProps {
  readonly title: string
  readonly children: ReactNode
}

function Chart({ title, children }: ChartProps) {
  return (
    <div className={classes.card}>
      <h3 className={classes.cardTitle}>{title}</h3>
      <Suspense fallback={<p className={classes.small}>Loading the chart…</p>}>{children}</Suspense>
    </div>
  )
}

/** All maps move in step, so one button holds them all. */
function MotionButton() {
  const playing = useMotion((state) => state.playing)
  return (
    <Button
      variant="default"
      leftSection={playing ? <PauseIcon /> : <PlayIcon />}
      onClick={toggleMotion}
    >
      {playing ? 'Pause the maps' : 'Play the maps'}
    </Button>
  )
}

function Legend() {
  return (
    <p className={classes.legend} aria-hidden="true">
      <span className={classes.legendItem}>
        <span className={classes.legendBar} />
        share of fresh episodes, and its Wilson 95 % interval
      </span>
      <span className={classes.legendItem}>
        <span className={classes.legendMark} />
        the paper’s
      </span>
      <span className={classes.legendItem}>
        <span className={classes.legendRing} />
        other training seeds
      </span>
    </p>
  )
}
