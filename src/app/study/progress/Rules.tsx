import { ActionIcon, Button } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import { leftOutSittings, type StudyLog, sittingQualities } from '../../../study/index.ts'
import {
  type ExclusionMeasure,
  type ExclusionRule,
  ruleInWords,
} from '../../../study/statistics/exclusion.ts'
import { FoldedCard } from '../../ui/FoldedCard.tsx'
import { countOf } from '../../ui/format.ts'
import { CloseIcon, PlusIcon } from '../../ui/icons.tsx'
import kit from '../../ui/kit.module.css'
import { record } from '../collector.ts'
import { ChoiceField, CountField, PercentField } from '../form.tsx'
import classes from './Progress.module.css'

const MEASURES: Readonly<Record<ExclusionMeasure, string>> = {
  golden: 'Golden pairs answered correctly',
  'self-agreement': 'Re-shows answered like before',
  rushed: 'Rushed answers',
  'side bias': 'Side preferred more often',
  'agreement with others': 'Agreement with the others',
  answered: 'Number of answered pairs',
}

const FIRST_RULE: ExclusionRule = {
  ...{ measure: 'golden', is: 'below', value: 0.5, minimumAnswers: 3 },
}

interface RulesProps {
  readonly entry: StudyEntry
  readonly log: StudyLog
}

/** Form for the rules that exclude labellers, with whom they would exclude and why. */
export function Rules({ entry, log }: RulesProps) {
  const [typed, setTyped] = useState<readonly ExclusionRule[]>()
  const adding = useRef<HTMLButtonElement>(null)
  const rules = typed ?? log.rules
  const change = (place: number, changes: Partial<ExclusionRule>) =>
    setTyped(rules.map((rule, index) => (index === place ? { ...rule, ...changes } : rule)))
  const apply = () => {
    void record(entry, { kind: 'rules', rules: [...rules] }).then((saved) => {
      if (saved) setTyped(undefined)
    })
  }
  return (
    <FoldedCard
      title="Rules for excluding labellers"
      aside={log.rules.length > 0 ? log.rules.length : undefined}
      open={log.rules.length > 0}
    >
      <p className={kit.sentence}>
        A labeller to whom any of these applies does not count. Write them before you look at the
        results.
      </p>
      <fieldset className={kit.stack} tabIndex={-1} aria-label="Rules">
        {rules.map((rule, place) => (
          <RuleFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is identified by its place
            key={place}
            rule={rule}
            number={place + 1}
            onChange={(changes) => change(place, changes)}
            onRemove={() => {
              setTyped(rules.toSpliced(place, 1))
              // The pressed button goes, and the focus would be lost with it.
              adding.current?.focus()
            }}
          />
        ))}
        <div className={kit.row}>
          <Button
            ref={adding}
            size="xs"
            variant="default"
            leftSection={<PlusIcon size={14} />}
            disabled={rules.length >= 20}
            onClick={() => setTyped([...rules, FIRST_RULE])}
          >
            Add a rule
          </Button>
          {typed ? (
            <>
              <Button size="xs" onClick={apply}>
                Apply the rules
              </Button>
              <Button size="xs" variant="subtle" color="gray" onClick={() => setTyped(undefined)}>
                Discard changes
              </Button>
            </>
          ) : null}
        </div>
      </fieldset>
      <Preview log={log} rules={rules} applied={typed === undefined} />
    </FoldedCard>
  )
}

interface RuleFieldsProps {
  readonly rule: ExclusionRule
  readonly number: number
  onChange(changes: Partial<ExclusionRule>): void
  onRemove(): void
}

function RuleFields({ rule, number, onChange, onRemove }: RuleFieldsProps) {
  const counted = rule.measure === 'answered'
  return (
    <fieldset className={classes.rule} aria-label={`Rule ${number}`}>
      <ChoiceField
        label="Measure"
        choices={MEASURES}
        value={rule.measure}
        onChange={(measure) => onChange({ measure, value: measure === 'answered' ? 10 : 0.5 })}
      />
      <ChoiceField
        label="Exclude if"
        choices={{ below: 'below', above: 'above' }}
        value={rule.is}
        onChange={(is) => onChange({ is })}
      />
      {counted ? (
        <CountField
          label="Pairs"
          minimum={0}
          maximum={1000}
          value={rule.value}
          onChange={(value) => onChange({ value })}
        />
      ) : (
        <PercentField
          label="Percent"
          value={rule.value}
          onChange={(value) => onChange({ value })}
        />
      )}
      <CountField
        label="From this many answers on"
        minimum={0}
        maximum={1000}
        value={rule.minimumAnswers}
        onChange={(minimumAnswers) => onChange({ minimumAnswers })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={`Remove rule ${number}`}
        onClick={onRemove}
      >
        <CloseIcon size={16} />
      </ActionIcon>
      <p className={`${kit.small} ${kit.wholeRow}`}>{ruleInWords(rule)}.</p>
    </fieldset>
  )
}

interface PreviewProps {
  readonly log: StudyLog
  readonly rules: readonly ExclusionRule[]
  /** Whether these rules are in force. */
  readonly applied: boolean
}

/** Whom the rules exclude, each with the reason. */
function Preview({ log, rules, applied }: PreviewProps) {
  const qualities = useMemo(() => sittingQualities(log), [log])
  if (rules.length === 0) return null
  const out = [...leftOutSittings(log, qualities, rules)].filter(([, { by }]) => by === 'rule')
  const verb = applied ? 'exclude' : 'would exclude'
  return (
    <div className={kit.stack} data-tight role="status" aria-label="Effect of the rules">
      <p className={kit.label}>
        These rules {verb} {out.length === 0 ? 'nobody' : countOf(out.length, 'labeller')}.
      </p>
      <ul>
        {out.map(([id, { because }]) => (
          <li key={id} className={kit.sentence}>
            {because}
          </li>
        ))}
      </ul>
    </div>
  )
}
