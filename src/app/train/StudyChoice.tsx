import { Button, NativeSelect } from '@mantine/core'
import { AGGREGATION_METHODS, type Provenance } from '../../study/statistics/aggregate.ts'
import { AGGREGATION_NAMES } from '../sentences.ts'
import { studyAddress } from '../stores/study-settings.ts'
import type { StudyLabels, StudySource } from '../training/study-labels.ts'
import { ConfirmButton } from '../ui/ConfirmButton.tsx'
import { ResultFileButton } from '../ui/FilesButton.tsx'
import { countOf, whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { Values } from '../ui/Values.tsx'
import { changeDraft, useDraft } from './draft.ts'
import { FewLabelsNotice } from './FewLabelsNotice.tsx'
import { LabelledIslands } from './LabelledIslands.tsx'
import { useMaterials } from './materials.ts'
import { type ChosenStudy, removeResult, takeResult } from './study-choice.ts'
import classes from './Train.module.css'

interface StudyChoiceProps {
  readonly chosen: ChosenStudy | undefined
}

/** Selects a study of this browser, or an imported result, and how its answers become labels. */
export function StudyChoice({ chosen }: StudyChoiceProps) {
  const sources = useMaterials((state) => state.studies)
  const problem = useMaterials((state) => state.problem)
  const { study } = useDraft()
  if (sources === undefined) {
    return <p className={kit.sentence}>{problem ?? 'Reading the studies…'}</p>
  }
  if (sources.length === 0) return <NoStudy />
  return (
    <>
      <NativeSelect
        aria-label="Study"
        data={[
          ...(chosen ? [] : [{ value: study, label: 'Choose a study' }]),
          ...sources.map((source) => ({ value: source.id, label: nameOf(source) })),
        ]}
        value={chosen?.source.id ?? study}
        onChange={({ currentTarget }) => changeDraft({ study: currentTarget.value })}
      />
      {chosen ? (
        <Chosen chosen={chosen} />
      ) : (
        <p className={kit.sentence}>
          The study that the address names is not in this browser: choose another, or import its
          result.
        </p>
      )}
      <div className={kit.row}>
        {chosen && !chosen.source.fixedMethod ? (
          <Button
            component="a"
            href={studyAddress(chosen.source.id, 'results')}
            size="compact-sm"
            variant="default"
          >
            Open the study
          </Button>
        ) : null}
        <ImportResult />
        {chosen?.source.fixedMethod ? <RemoveResult source={chosen.source} /> : null}
      </div>
    </>
  )
}

function nameOf({ title, fixedMethod }: StudySource): string {
  return fixedMethod ? `${title} (imported: ${AGGREGATION_NAMES[fixedMethod]})` : title
}

function Chosen({ chosen: { source, labels, problem } }: { readonly chosen: ChosenStudy }) {
  const { method } = useDraft()
  return (
    <>
      {source.fixedMethod ? null : (
        <NativeSelect
          label="Several answers to a pair become"
          data={AGGREGATION_METHODS.map((value) => ({ value, label: METHOD_WORDS[value] }))}
          value={method}
          onChange={({ currentTarget }) => {
            const picked = AGGREGATION_METHODS.find((each) => each === currentTarget.value)
            if (picked) changeDraft({ method: picked })
          }}
        />
      )}
      {labels ? (
        <Numbers labels={labels} />
      ) : problem ? (
        <Notice tone="problem" role="alert">
          {problem}
        </Notice>
      ) : (
        <p className={kit.sentence}>Reading the answers…</p>
      )}
    </>
  )
}

const METHOD_WORDS: Readonly<Record<(typeof AGGREGATION_METHODS)[number], string>> = {
  majority: 'the answer of the majority',
  mean: 'their mean, a soft label',
  'dawid-skene': 'a soft label weighted by reliability (Dawid–Skene)',
}

function Numbers({ labels: { labels, data, result } }: { readonly labels: StudyLabels }) {
  const ties = labels.comparisons - labels.decisive
  const { question, comparisons, sittings, pairs, alpha } = result
  const of = (provenance: Provenance): number =>
    comparisons.filter((each) => each.provenance === provenance).length
  const [unresolved, leftOut] = [of('unresolved'), pairs.leftOut + pairs.unanswered]
  return (
    <>
      <p className={kit.cardTitle}>{question}</p>
      <Values
        values={[
          { name: 'prefer a side', value: whole(labels.decisive) },
          { name: ties === 1 ? 'tie' : 'ties', value: whole(ties) },
          { name: 'unresolved', value: whole(unresolved) },
          { name: 'without an answer or left out', value: whole(leftOut) },
        ]}
      />
      <LabelledIslands clips={data.clips} />
      <FewLabelsNotice decisive={labels.decisive} />
      <p className={kit.sentence}>
        Answers of {countOf(sittings.counted, 'labeller')}
        {alpha === undefined ? '' : `, Krippendorff’s α = ${alpha.toFixed(2)}`}.
      </p>
    </>
  )
}

function ImportResult() {
  return (
    <ResultFileButton
      size="compact-sm"
      variant="subtle"
      color="gray"
      onFile={(file) => void takeResult(file)}
    >
      Import a result
    </ResultFileButton>
  )
}

function RemoveResult({ source }: { readonly source: StudySource }) {
  return (
    <ConfirmButton
      size="compact-sm"
      first={{ words: 'Remove', name: 'Remove the imported result' }}
      then={{ words: 'Really remove?', name: 'Really remove the imported result?' }}
      onConfirm={() => void removeResult(source)}
    />
  )
}

/** Shown while there is no study: links to the Study page, or imports a result. */
function NoStudy() {
  return (
    <div className={`${kit.stack} ${classes.empty}`}>
      <p className={kit.cardTitle}>Labels of many people</p>
      <p className={kit.sentence}>
        In a study, several people answer the same questions about the same clips. There is none in
        this browser yet: write one, or import the result that somebody exported from theirs.
      </p>
      <div className={kit.row}>
        <Button component="a" href={studyAddress()} size="sm">
          Open the Study page
        </Button>
        <ImportResult />
      </div>
    </div>
  )
}
