import { NativeSelect, SegmentedControl } from '@mantine/core'
import {
  isStyleWish,
  measureOf,
  STYLE_WISHES,
  stylePredicate,
  wishName,
} from '../../evaluation/wish.ts'
import type { Outcome } from '../../island/index.ts'
import { capitalised, endingName } from '../sentences.ts'
import kit from '../ui/kit.module.css'
import { NumberField } from '../ui/NumberField.tsx'
import { changeDraft, type Draft } from './draft.ts'
import { IslandChoice } from './IslandChoice.tsx'
import { judgeIn } from './judge.ts'
import classes from './Train.module.css'

/** Value of the option for wishes about style, which no jumppad can have as its name, and the first such wish. */
const STYLE = '#style'
const FIRST_STYLE = 'less pace'

/** Fields of the synthetic judge: its island, wish, number of pairs, and rates of errors and of “can’t tell”. */
export function JudgeFields({ draft }: { readonly draft: Draft }) {
  const { outcomes, wanted } = judgeIn(draft)
  const style = isStyleWish(wanted) ? wanted : undefined
  return (
    <>
      <p className={kit.sentence}>
        Compares clips of the agent’s own play.{' '}
        {style
          ? `A clip that reaches any jumppad beats one that does not; if both reach one, the one that ${stylePredicate(style)} wins. Most pairs differ clearly in style, which teaches more than pairs drawn at random.`
          : 'A clip that reaches the preferred jumppad beats one that does not; if both reach it, the faster one wins; otherwise it is a tie.'}
      </p>
      <IslandChoice />
      <Preference
        outcomes={outcomes}
        value={isStyleWish(wanted) ? STYLE : wanted}
        onChange={(chosen) => changeDraft({ wanted: chosen === STYLE ? FIRST_STYLE : chosen })}
      />
      {style ? (
        <NativeSelect
          label="Style"
          description={`Measured as ${measureOf(style).about} (${measureOf(style).unit})`}
          data={STYLE_WISHES.map((wish) => ({
            value: wishName(wish),
            label: capitalised(stylePredicate(wish)),
          }))}
          value={wishName(style)}
          onChange={({ currentTarget }) => changeDraft({ wanted: currentTarget.value })}
        />
      ) : null}
      <div className={classes.judge}>
        <NumberField
          label="Pairs"
          minimum={2}
          maximum={20_000}
          integer
          value={draft.comparisons}
          onChange={(comparisons) => changeDraft({ comparisons })}
        />
        <NumberField
          label="Error rate (%)"
          minimum={0}
          maximum={100}
          integer
          value={draft.noise}
          onChange={(noise) => changeDraft({ noise })}
        />
        <NumberField
          label="Can’t tell (%)"
          minimum={0}
          maximum={100}
          integer
          value={draft.cannotTell}
          onChange={(cannotTell) => changeDraft({ cannotTell })}
        />
      </div>
    </>
  )
}

interface PreferenceProps {
  /** Jumppads of the island. */
  readonly outcomes: readonly Outcome[]
  readonly value: string
  onChange(value: string): void
}

/** Most jumppads of which the names, short as on the shipped islands, fit beside “A style” on a phone. */
const MOST_BESIDE = 3
/** Longest such name. */
const LONGEST_BESIDE = 8

/** Choice of the preferred jumppad, or of a style. */
function Preference({ outcomes, value, onChange }: PreferenceProps) {
  const data = [
    ...outcomes.map((each) => ({ value: each, label: endingName(each) })),
    { value: STYLE, label: 'A style' },
  ]
  if (outcomes.length > MOST_BESIDE || outcomes.some(({ length }) => length > LONGEST_BESIDE)) {
    return (
      <NativeSelect
        label="Prefers"
        data={data}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    )
  }
  return (
    <div className={kit.stack} data-tight>
      <span className={kit.label} aria-hidden="true">
        Prefers
      </span>
      <SegmentedControl
        fullWidth
        aria-label="Preference of the judge"
        data={data}
        value={value}
        onChange={onChange}
      />
    </div>
  )
}
