import { Button, NativeSelect, SegmentedControl, Text } from '@mantine/core'
import { ENOUGH_LABELS } from '../sentences.ts'
import { addressOfMap, titleOfMap } from '../stores/island-choice.ts'
import type { AnsweredQuestion, OwnLabels } from '../training/labels.ts'
import { LabelFilesButton } from '../ui/FilesButton.tsx'
import { whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { Values } from '../ui/Values.tsx'
import { changeDraft, useDraft } from './draft.ts'
import { FewLabelsNotice } from './FewLabelsNotice.tsx'
import { JudgeFields } from './JudgeFields.tsx'
import { LabelledIslands } from './LabelledIslands.tsx'
import { importAnswers, useMaterials } from './materials.ts'
import { StudyChoice } from './StudyChoice.tsx'
import type { ChosenStudy } from './study-choice.ts'
import classes from './Train.module.css'

interface LabelsChoiceProps {
  /** Question whose labels the training uses. */
  readonly question: AnsweredQuestion | undefined
  /** Labels that the training uses: all of the question, or those of one island. */
  readonly chosen: OwnLabels | undefined
  /** Study whose labels the training uses. */
  readonly study: ChosenStudy | undefined
}

/** Selects the labels: the visitor's own, those of a study, or those of a synthetic judge. */
export function LabelsChoice({ question, chosen, study }: LabelsChoiceProps) {
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
      {draft.labels === 'own' ? <OwnLabelsChoice question={question} chosen={chosen} /> : null}
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

function OwnLabelsChoice({ question, chosen }: Omit<LabelsChoiceProps, 'study'>) {
  const { model } = useDraft()
  const answered = useMaterials((state) => state.answered)
  if (answered === undefined) return <p className={kit.sentence}>Reading your labels…</p>
  if (!question || !chosen) return <NoLabels model={model} />
  const { cannotTell } = chosen
  const island = addressOfMap(chosen.data.clips[0]?.island)
  const { comparisons, decisive } = chosen.labels
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
          value={question.labels.question}
          onChange={({ currentTarget }) =>
            changeDraft({ question: currentTarget.value, clips: '' })
          }
        />
      ) : (
        <p className={kit.cardTitle}>{question.labels.question}</p>
      )}
      <ClipsOf question={question} chosen={chosen} />
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

interface ClipsOfProps {
  readonly question: AnsweredQuestion
  readonly chosen: OwnLabels
}

/** Selects the island whose clips were compared, where there are several; a training also plays there. */
function ClipsOf({ question, chosen }: ClipsOfProps) {
  const { clips } = useDraft()
  const { byIsland } = question
  const place = byIsland.find((each) => each === chosen)
  const isMissing = clips !== '' && !place && addressOfMap(chosen.data.clips[0]?.island) !== clips
  const options = [
    { value: '', label: `All islands (${question.labels.comparisons})` },
    ...byIsland.map(({ island, labels }) => ({
      value: addressOfMap(island),
      label: `${titleOfMap(island) ?? 'The first island'} (${labels.comparisons})`,
    })),
  ]
  return (
    <>
      {isMissing ? (
        <Notice plain role="status">
          There are no labels of this question on the island that the address names: all are used.
        </Notice>
      ) : null}
      {byIsland.length === 0 ? null : (
        <NativeSelect
          label="Clips from"
          data={options}
          value={place ? addressOfMap(place.island) : ''}
          onChange={({ currentTarget }) => changeDraft({ clips: currentTarget.value })}
        />
      )}
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
        You have not labelled anything in this browser yet. About {ENOUGH_LABELS} answers that
        prefer a clip teach the agent what you want: a quarter of an hour with the arrow keys, as in
        many pairs neither is better. Or use a synthetic judge, which always prefers the same
        jumppad or style, and start right away.
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
