import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import {
  LONGEST_NAME,
  PAIR_RULES,
  type PairRule,
  type PairSettings,
  type Session,
} from '../../alignment/labels/index.ts'
import { styleWishIn } from '../../evaluation/wish.ts'
import type { Outcome } from '../../island/index.ts'
import { outcomesOf } from '../../study/study.ts'
import { useCandidates } from '../data/candidates.ts'
import { capitalised } from '../sentences.ts'
import { LARGEST_SEED } from '../stores/watch-settings.ts'
import { IslandSelect } from '../ui/IslandSelect.tsx'
import kit from '../ui/kit.module.css'
import { ModelSelect } from '../ui/ModelSelect.tsx'
import { Notice } from '../ui/Notice.tsx'
import { NumberField } from '../ui/NumberField.tsx'
import { QuestionInput } from '../ui/QuestionInput.tsx'
import type { Desk } from './desk.ts'
import { Files } from './Files.tsx'
import { Labellers } from './Labellers.tsx'
import { askedAbout, onIsland, policyOf, withRule } from './session.ts'
import { useDesk } from './store.ts'

const RULE_NAMES: Readonly<Record<PairRule, string>> = {
  random: 'Random',
  disagreement: 'Reward model disagreement',
  closeness: 'Close rewards',
  telling: 'Different in this style',
}

/** Rules for other questions. For a jumppad, telling pairs are only for the tour: they are not a representative sample. */
const OTHER_RULES = PAIR_RULES.filter((rule) => rule !== 'telling')

/** Renders the form for a new session. Enter alone starts the session with the defaults. */
export function SetUp({ desk }: { readonly desk: Desk | undefined }) {
  const session = useDesk((state) => state.session)
  const beginRef = useBeginFocus(session !== undefined)
  if (!session || !desk) {
    return <div className={kit.card}>Loading the list of agents…</div>
  }
  const begin = (event: FormEvent) => {
    event.preventDefault()
    desk.begin()
  }
  const change = (changes: Partial<Session>) => desk.change({ ...session, ...changes })
  return (
    <>
      <Ended />
      <form className={kit.card} onSubmit={begin} aria-labelledby="set-up-title">
        <h2 className={kit.asideTitle} id="set-up-title">
          New session
        </h2>
        <Who session={session} code={desk.storage.labeller.code} onChange={change} />
        <Button ref={beginRef} type="submit" fullWidth size="md">
          Start session
        </Button>
        <details>
          <summary>Goal, clips and pairs</summary>
          <Stack gap={12}>
            <What session={session} onChange={change} />
            <IslandSelect
              label="Island"
              island={session.island}
              onChange={(island) => desk.change(onIsland(session, island))}
            />
            <How
              settings={session.settings}
              isStyle={styleWishIn(session.question) !== undefined}
              outcomes={outcomesOf(session)}
              onChange={(settings) => change({ settings })}
            />
          </Stack>
        </details>
      </form>
      <Files desk={desk} />
      <Labellers />
    </>
  )
}

/** Renders a summary of the previous session. */
function Ended() {
  const ended = useDesk((state) => state.ended)
  if (ended === undefined) return null
  return (
    <Notice plain role="status">
      {ended}
    </Notice>
  )
}

/** Focuses the button that starts the session, so that one press of Enter is enough. */
function useBeginFocus(ready: boolean) {
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (ready && document.activeElement === document.body)
      ref.current?.focus({ preventScroll: true })
  }, [ready])
  return ref
}

interface PartProps {
  readonly session: Session
  onChange(changes: Partial<Session>): void
}

interface WhoProps extends PartProps {
  /** Pseudonym of a labeller who gives no name. */
  readonly code: string
}

function Who({ session, code, onChange }: WhoProps) {
  const { labeller, question, island } = session
  const [touched, setTouched] = useState(false)
  const outcomes = outcomesOf(session)
  const ask = (text: string) => {
    onChange({ question: oneLine(text), settings: askedAbout(session, text, outcomes) })
  }
  return (
    <>
      <TextInput
        label="Your name"
        description="Identifies you when files are merged; a nickname is fine"
        placeholder={code}
        maxLength={LONGEST_NAME}
        value={labeller}
        onFocus={({ currentTarget }) => touched || currentTarget.select()}
        onChange={({ currentTarget }) => {
          setTouched(true)
          onChange({ labeller: oneLine(currentTarget.value) })
        }}
      />
      <QuestionInput question={question} outcomes={outcomes} onChange={ask} />
      {island ? (
        <Text size="sm">
          Clips are from another island: {`“${island.title}”`}. Change it below.
        </Text>
      ) : null}
    </>
  )
}

function What({ session, onChange }: PartProps) {
  const policies = useCandidates('policy')
  return (
    <>
      <NumberField
        label="Goal (pairs)"
        minimum={1}
        maximum={100_000}
        integer
        value={session.goal}
        onChange={(goal) => onChange({ goal })}
      />
      <ModelSelect
        label="Agent whose clips are compared"
        description="Hidden once the session has started"
        name={policies.find(({ sha256 }) => sha256 === session.policy.digest)?.name ?? ''}
        title={session.policy.file}
        candidates={policies}
        onChoose={(name) => {
          const chosen = policies.find((each) => each.name === name)
          if (chosen) onChange({ policy: policyOf(chosen) })
        }}
      />
      <NumberField
        label="Seed"
        description="Everyone with the same seed gets the same pairs"
        minimum={0}
        maximum={LARGEST_SEED}
        integer
        value={session.seed}
        onChange={(seed) => onChange({ seed })}
      />
    </>
  )
}

interface HowProps {
  readonly settings: PairSettings
  /** Whether the question asks for a style: then pairs may differ in it, and no answer is known from an ending. */
  readonly isStyle: boolean
  /** Jumppads of the island. */
  readonly outcomes: readonly Outcome[]
  onChange(settings: PairSettings): void
}

function How({ settings, isStyle, outcomes, onChange }: HowProps) {
  const rules = isStyle ? PAIR_RULES : OTHER_RULES
  return (
    <>
      <NativeSelect
        label="Pair selection"
        data={rules.map((rule) => ({ value: rule, label: RULE_NAMES[rule] }))}
        value={settings.rule}
        onChange={({ currentTarget }) => {
          const rule = rules.find((each) => each === currentTarget.value)
          if (rule) onChange(withRule(settings, rule))
        }}
      />
      {settings.rule === 'random' ? null : (
        <>
          <Share
            label="Random share (%)"
            value={settings.randomShare}
            onChange={(randomShare) => onChange({ ...settings, randomShare })}
          />
          {settings.rule === 'telling' ? null : (
            <NumberField
              label="Random until this many prefer a side"
              minimum={2}
              maximum={10_000}
              integer
              value={settings.minimumLabels}
              onChange={(minimumLabels) => onChange({ ...settings, minimumLabels })}
            />
          )}
        </>
      )}
      <NumberField
        label="Repeat one pair in"
        description="Sides are swapped, to measure whether you agree with yourself; 0 turns this off"
        minimum={0}
        maximum={1000}
        integer
        value={settings.reShowEvery}
        onChange={(reShowEvery) => onChange({ ...settings, reShowEvery })}
      />
      {isStyle ? null : <Golden settings={settings} outcomes={outcomes} onChange={onChange} />}
      <Text size="xs" c="dimmed">
        Repeated pairs and pairs with a known answer measure the labeller. They never train or test
        a model.
      </Text>
    </>
  )
}

function Golden({ settings, outcomes, onChange }: Omit<HowProps, 'isStyle'>) {
  const { golden, ...others } = settings
  return (
    <>
      <NativeSelect
        label="Pairs with a known answer"
        description="One clip reaches this jumppad, the other does not"
        data={['none', ...outcomes].map((value) => ({ value, label: capitalised(value) }))}
        value={golden ?? 'none'}
        onChange={({ currentTarget }) => {
          const wanted = outcomes.find((each) => each === currentTarget.value)
          onChange(wanted ? { ...others, golden: wanted } : others)
        }}
      />
      {golden ? (
        <Share
          label="Share (%)"
          value={settings.goldenShare}
          onChange={(goldenShare) => onChange({ ...settings, goldenShare })}
        />
      ) : null}
    </>
  )
}

interface ShareProps {
  readonly label: string
  readonly value: number
  onChange(share: number): void
}

function Share({ label, value, onChange }: ShareProps) {
  return (
    <NumberField
      label={label}
      minimum={0}
      maximum={100}
      integer
      value={Math.round(100 * value)}
      onChange={(percent) => onChange(percent / 100)}
    />
  )
}

/** Replaces control characters by spaces: pasted text may have line breaks, a label's texts must not. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
