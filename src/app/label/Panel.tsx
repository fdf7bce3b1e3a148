import { Button, Text } from '@mantine/core'
import { type RefObject, useMemo } from 'react'
import { currentLabels, type PairRule } from '../../alignment/labels/index.ts'
import {
  type LabelStatistics,
  labelStatistics,
  MEASURED_EVERY,
} from '../../evaluation/label-statistics.ts'
import { styleWishIn } from '../../evaluation/wish.ts'
import { ENOUGH_LABELS } from '../sentences.ts'
import { timeWords } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import type { Desk } from './desk.ts'
import { Files } from './Files.tsx'
import { History } from './History.tsx'
import { Labellers } from './Labellers.tsx'
import { Mix, ShareRow } from './Shares.tsx'
import classes from './Side.module.css'
import { useDesk } from './store.ts'

interface PanelProps {
  readonly desk: Desk | undefined
  readonly deskRef: RefObject<HTMLElement | null>
}

/** Renders progress for this labeller and this question alone, and nothing about the clips. */
export function Panel({ desk, deskRef }: PanelProps) {
  const statistics = useStatistics()
  if (!desk) return null
  return (
    <>
      <Progress statistics={statistics} />
      <Honesty statistics={statistics} />
      <History desk={desk} deskRef={deskRef} />
      <Files desk={desk} />
      <Labellers />
      {statistics.here > 0 ? (
        <Button component="a" href="#/train" variant="default" size="sm">
          Align the agent with these labels
        </Button>
      ) : null}
      <Button variant="default" size="sm" onClick={() => desk.end()}>
        End this session
      </Button>
    </>
  )
}

/**
 * Returns statistics over all of the labeller's sessions on the question; the goal is this session's. Those that
 * are `teaching` prefer a clip of a pair that was shown for the first time.
 */
function useStatistics(): LabelStatistics & { readonly here: number; readonly teaching: number } {
  const log = useDesk((state) => state.log)
  const session = useDesk((state) => state.session)
  return useMemo(() => {
    const answered = currentLabels(log)
    const here = answered.filter((label) => label.session === session?.id).length
    const earlier = answered.length - here
    const fresh = answered.filter(({ kind }) => kind === 'fresh')
    const teaching = labelStatistics(fresh, 0).left.of
    return { ...labelStatistics(log, (session?.goal ?? 0) + earlier), here, teaching }
  }, [log, session])
}

function Progress({ statistics }: { readonly statistics: ReturnType<typeof useStatistics> }) {
  const session = useDesk((state) => state.session)
  const fallback = useDesk((state) => state.fallback)
  const learnProblem = useDesk((state) => state.learnProblem)
  const { here, pace, minutesToGoal, teaching } = statistics
  const goal = session?.goal ?? 0
  return (
    <section className={kit.card} aria-labelledby="progress-title">
      <h2 className={kit.asideTitle} id="progress-title">
        Progress
      </h2>
      <dl className={kit.facts} data-numbers>
        <dt>Answered</dt>
        <dd>
          {here} of {goal}
        </dd>
        <dt>Prefer a clip</dt>
        <dd>{teaching}</dd>
        <dt>Pace</dt>
        <dd>{pace === undefined ? '–' : `${pace.toFixed(1)} a minute`}</dd>
        <dt>Time left</dt>
        <dd>{leftWords(goal - here, minutesToGoal)}</dd>
        <dt>Labeller</dt>
        <dd className={classes.name}>{session?.labeller || 'no name'}</dd>
      </dl>
      {teaching < ENOUGH_LABELS && session?.settings.rule !== 'telling' ? (
        <Text size="xs" c="dimmed">
          Answers that prefer a clip teach what you want; about {ENOUGH_LABELS} of them suffice.
        </Text>
      ) : null}
      {session && session.settings.rule !== 'random' ? (
        <Text size="xs" c="dimmed">
          {fallback ?? ruleSentence(session.settings.rule, session.question)}
        </Text>
      ) : null}
      {learnProblem === undefined ? null : (
        <Notice tone="warning" role="note">
          The choice of new pairs could not be updated: {learnProblem} It is tried again after your
          next answer.
        </Notice>
      )}
    </section>
  )
}

const RULE_SENTENCES: Readonly<Record<Exclude<PairRule, 'random'>, string>> = {
  disagreement: 'New pairs are picked by disagreement.',
  closeness: 'New pairs are picked by closeness.',
  telling: 'In each pair, exactly one clip reaches the jumppad.',
}

function ruleSentence(rule: Exclude<PairRule, 'random'>, question: string): string {
  return rule === 'telling' && styleWishIn(question)
    ? 'The clips of most pairs arrive and differ in this style; in the others one does not arrive.'
    : RULE_SENTENCES[rule]
}

function leftWords(pairs: number, minutes: number | undefined): string {
  if (pairs <= 0) return 'goal reached'
  return minutes === undefined ? '–' : timeWords(60 * minutes)
}

function Honesty({ statistics }: { readonly statistics: LabelStatistics }) {
  const { withSelf, withGolden, left, verdicts, warnings } = statistics
  return (
    <section className={kit.card} aria-labelledby="honesty-title">
      <h2 className={kit.asideTitle} id="honesty-title">
        Your answers <span className={kit.small}>with 95 % intervals</span>
      </h2>
      <p className={kit.small}>Agreement is measured every {MEASURED_EVERY} answers.</p>
      <ShareRow name="Agreement with yourself" share={withSelf} none="not measured yet" />
      <ShareRow name="Agreement with known answers" share={withGolden} none="not measured yet" />
      <ShareRow name="Left preferred" share={left} none="none yet" middle />
      <Mix verdicts={verdicts} />
      {warnings.map((warning) => (
        <Notice key={warning} tone="warning" role="note">
          {warning}
        </Notice>
      ))}
    </section>
  )
}
