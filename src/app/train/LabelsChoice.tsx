import { Button, NativeSelect, SegmentedControl, Text } from '@mantine/core'
import {
  measureOf,
  STYLE_WISHES,
  stylePredicate,
  styleWishNamed,
  wishName,
} from '../../evaluation/wish.ts'
import { HOME_OUTCOMES } from '../../island/index.ts'
import { capitalised, endingName } from '../sentences.ts'
import { addressOfMap } from '../stores/island-choice.ts'
import { LabelFilesButton } from '../ui/FilesButton.tsx'
import { whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { NumberField } from '../ui/NumberField.tsx'
import { Values } from '../ui/Values.tsx'
import { changeDraft, changeTyped, type Draft, readTyped, useDraft } from './draft.ts'
import { FewLabelsNotice } from './FewLabelsNotice.tsx'
import { LabelledIslands } from './LabelledIslands.tsx'
import { type AnsweredQuestion, importAnswers, useMaterials } from './materials.ts'
import { StudyChoice } from './StudyChoice.tsx'
import type { ChosenStudy } from './study-choice.ts'
import classes from './Train.module.css'

interface LabelsChoiceProps {
  /** Question whose labels the training uses. */
  readonly chosen: AnsweredQuestion | undefined
  /** Study whose labels the training uses. */
  readonly study: ChosenStudy | undefined
}

/** Selects the labels: the visitor's own, those of a study, or those of a synthetic judge. */
export function LabelsChoice({ chosen, study }: LabelsChoiceProps) {
  const draft = useDraft()
  return (
    <div className={kit.stack}>
      <SegmentedControl
        fullWidth
        aria-label="Source of labels"
        data={[
          { value: 'own', label: 'Your labels' },
          { value: 'study', label: 'A study' },
          { value: 'judge', label: <JudgeName /> },
        ]}
        value={draft.labels}
        onChange={(labels) => changeDraft({ labels })}
      />
      {draft.labels === 'own' ? <OwnLabels chosen={chosen} /> : null}
      {draft.labels === 'study' ? <StudyChoice chosen={study} /> : null}
      {draft.labels === 'judge' ? <JudgeFields draft={draft} /> : null}
    </div>
  )
}

/** Name of the judge, which is shorter on phones. */
function JudgeName() {
  return (
    <>
      A{' '}
      <Text span inherit visibleFrom="xs">
        synthetic{' '}
      </Text>
      judge
    </>
  )
}

function OwnLabels({ chosen }: Pick<LabelsChoiceProps, 'chosen'>) {
  const { model } = useDraft()
  const answered = useMaterials((state) => state.answered)
  if (answered === undefined) return <p className={kit.sentence}>Reading your labels…</p>
  if (!chosen) return <NoLabels model={model} />
  const { cannotTell } = chosen
  const island = addressOfMap(chosen.data.clips[0]?.island)
  const { question, comparisons, decisive } = chosen.labels
  const ties = comparisons - decisive
  return (
    <>
      {answered.length > 1 ? (
        <NativeSelect
          aria-label="Question"
          data={answered.map(({ labels }) => ({
            value: labels.question,
            label: `${labels.question} (${labels.comparisons})`,
          }))}
          value={question}
          onChange={({ currentTarget }) => changeDraft({ question: currentTarget.value })}
        />
      ) : (
        <p className={kit.cardTitle}>{question}</p>
      )}
      <Values
        values={[
          { name: 'prefer a side', value: whole(decisive) },
          { name: ties === 1 ? 'tie' : 'ties', value: whole(ties) },
          { name: 'can’t tell (excluded)', value: whole(cannotTell) },
        ]}
      />
      <LabelledIslands clips={chosen.data.clips} />
      <FewLabelsNotice decisive={decisive} />
      <div className={kit.row}>
        <Button
          component="a"
          href={`#/label?${new URLSearchParams({ model, island })}`}
          size="compact-sm"
          variant="default"
        >
          Label more
        </Button>
        <ImportLabels />
      </div>
    </>
  )
}

function ImportLabels() {
  return (
    <LabelFilesButton
      size="compact-sm"
      variant="subtle"
      color="gray"
      onFiles={(files) => void importAnswers(files)}
    >
      Import labels
    </LabelFilesButton>
  )
}

/** Shown while there are no labels: links to the Label page, or selects the judge or imports labels instead. */
function NoLabels({ model }: { readonly model: string }) {
  return (
    <div className={`${kit.stack} ${classes.empty}`}>
      <p className={kit.cardTitle}>Which of two clips do you prefer?</p>
      <p className={kit.sentence}>
        You have not labelled anything in this browser yet. Fifty comparisons take about five
        minutes with the arrow keys and teach the agent what you prefer. Or use a synthetic judge,
        which always prefers the same jumppad or style, and start right away.
      </p>
      <div className={kit.row}>
        <Button component="a" href={`#/label?model=${model}`} size="sm">
          Label clips
        </Button>
        <Button size="sm" variant="default" onClick={() => changeDraft({ labels: 'judge' })}>
          Use a judge
        </Button>
        <ImportLabels />
      </div>
    </div>
  )
}

/** Value of the option for wishes about style, and the wish that it begins with. */
const STYLE = 'style'
const FIRST_STYLE = 'less pace'

/** Setting that styles need, and the value with which the demonstrations were made. */
const PENALTY = 'reinforcement.klWeight'
const STYLE_PENALTY = '0.01'

/** Recommends the KL penalty of the demonstrations, where it is not set. */
function PenaltyHint({ draft }: { readonly draft: Draft }) {
  if (draft.job !== 'align' || readTyped(draft.set)[PENALTY] !== undefined) return null
  return (
    <div className={kit.row}>
      <p className={kit.small}>
        With the default KL penalty, training for a style tends to diverge.
      </p>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => changeTyped(PENALTY, STYLE_PENALTY)}
      >
        Set it to {STYLE_PENALTY}
      </Button>
    </div>
  )
}

/** Fields of the synthetic judge: its wish, number of pairs, and rates of errors and of “can’t tell”. */
function JudgeFields({ draft }: { readonly draft: Draft }) {
  const style = styleWishNamed(draft.wanted)
  return (
    <>
      <p className={kit.sentence}>
        Compares clips of the agent’s own play.{' '}
        {style
          ? `A clip that reaches any jumppad beats one that does not; if both reach one, the one that ${stylePredicate(style)} wins. Most pairs differ clearly in style, which teaches more than pairs drawn at random.`
          : 'A clip that reaches the preferred jumppad beats one that does not; if both reach it, the faster one wins; otherwise it is a tie.'}
      </p>
      <div className={kit.stack} data-tight>
        <span className={kit.label} aria-hidden="true">
          Prefers
        </span>
        <SegmentedControl
          fullWidth
          aria-label="Preference of the judge"
          data={[
            ...HOME_OUTCOMES.map((value) => ({ value, label: endingName(value) })),
            { value: STYLE, label: 'A style' },
          ]}
          value={style ? STYLE : draft.wanted}
          onChange={(wanted) => changeDraft({ wanted: wanted === STYLE ? FIRST_STYLE : wanted })}
        />
      </div>
      {style ? (
        <NativeSelect
          label="Style"
          description={`Measured as ${measureOf(style).about} (${measureOf(style).unit})`}
          data={STYLE_WISHES.map((wish) => ({
            value: wishName(wish),
            label: capitalised(stylePredicate(wish)),
          }))}
          value={draft.wanted}
          onChange={({ currentTarget }) => changeDraft({ wanted: currentTarget.value })}
        />
      ) : null}
      {style ? <PenaltyHint draft={draft} /> : null}
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
