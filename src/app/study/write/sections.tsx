/** Sections of the form for a study. */
import { useState } from 'react'
import type { Outcome } from '../../../island/index.ts'
import {
  MOST_CLIPS,
  MOST_LABELLERS,
  MOST_PAIRS_EACH,
  outcomesOf,
  type Study,
  withAnswers,
} from '../../../study/index.ts'
import { LARGEST_SEED } from '../../stores/watch-settings.ts'
import kit from '../../ui/kit.module.css'
import {
  ChoiceField,
  CountField,
  ParagraphsField,
  PercentField,
  QuestionField,
  Section,
  TextField,
} from '../form.tsx'
import { fromLocal, linesOf, namesOf, toLocal } from './typed-text.ts'

export interface SectionInput {
  readonly study: Study
  /** Sentences about invalid fields, by path. */
  readonly problems: ReadonlyMap<string, string>
  /** Whether the clips and pairs exist, which fixes what they depend on. */
  readonly prepared: boolean
  /** Whether nothing can be changed anymore. */
  readonly locked: boolean
  change(change: (study: Study) => Study): void
}

const set =
  (changes: Partial<Study>) =>
  (study: Study): Study => ({ ...study, ...changes })

export function QuestionSection({ study, problems, locked, change }: SectionInput) {
  return (
    <Section
      title="Question"
      about="Labellers see the question above every pair. The title is on their first page."
      locked={locked}
    >
      <TextField
        wide
        label="Title"
        value={study.title}
        problem={problems.get('title')}
        onChange={(title) => change(set({ title }))}
      />
      <QuestionField
        description="Ask about what can be seen in the clips, in one sentence."
        value={study.question}
        outcomes={outcomesOf(study)}
        problem={problems.get('question')}
        onChange={(question) => change(set({ question }))}
      />
      <ChoiceField
        wide
        label="Answers"
        choices={{
          'two-way': 'Left, right, tie or can’t tell',
          graded: 'Graded: much better or better on each side, equal, can’t tell',
        }}
        value={study.answers}
        onChange={(answers) => change((now) => withAnswers(now, answers))}
      />
    </Section>
  )
}

export function DesignSection({ study, problems, prepared, locked, change }: SectionInput) {
  const { design } = study
  const problemOf = (field: keyof Study['design']) => problems.get(`design.${field}`)
  const changeDesign = (changes: Partial<Study['design']>) =>
    change((before) => ({ ...before, design: { ...before.design, ...changes } }))
  return (
    <Section
      title="Pairs and labellers"
      about="Every pair is answered by as many different people as the overlap says. Three or more let you measure agreement and find mistakes."
      locked={locked || prepared}
    >
      <CountField
        label="Labellers"
        minimum={1}
        maximum={MOST_LABELLERS}
        value={design.labellers}
        onChange={(labellers) => changeDesign({ labellers })}
      />
      <CountField
        label="Pairs per labeller"
        minimum={1}
        maximum={MOST_PAIRS_EACH}
        value={design.pairsEach}
        onChange={(pairsEach) => changeDesign({ pairsEach })}
      />
      <CountField
        label="Labellers per pair (overlap)"
        minimum={1}
        maximum={20}
        value={design.overlap}
        problem={problemOf('overlap')}
        onChange={(overlap) => changeDesign({ overlap })}
      />
      <CountField
        label="Pairs shown again"
        description="Per labeller, with the sides swapped, to measure self-agreement."
        minimum={0}
        maximum={100}
        value={design.reShows}
        problem={problemOf('reShows')}
        onChange={(reShows) => changeDesign({ reShows })}
      />
      <CountField
        label="Clips per agent"
        description="More clips make each appear in fewer pairs."
        minimum={2}
        maximum={MOST_CLIPS}
        value={design.clipsPerAgent}
        problem={problemOf('clipsPerAgent')}
        onChange={(clipsPerAgent) => changeDesign({ clipsPerAgent })}
      />
      <CountField
        label="Seed"
        description="Decides the clips, the pairs and everybody’s order."
        minimum={0}
        maximum={LARGEST_SEED}
        value={design.seed}
        onChange={(seed) => changeDesign({ seed })}
      />
    </Section>
  )
}

/** Returns the choices of what the question asks for. */
function jumppadChoices(outcomes: readonly Outcome[]): Readonly<Record<string, string>> {
  return {
    none: 'None: no golden pairs',
    ...Object.fromEntries(outcomes.map((name) => [name, `The ${name} jumppad`])),
  }
}

export function KnownPairsSection({ study, problems, prepared, locked, change }: SectionInput) {
  const { golden, practice } = study
  const outcomes = outcomesOf(study)
  const changeGolden = (changes: Partial<NonNullable<Study['golden']>>) =>
    change((before) =>
      before.golden ? { ...before, golden: { ...before.golden, ...changes } } : before,
    )
  const changePractice = (changes: Partial<Study['practice']>) =>
    change((before) => ({ ...before, practice: { ...before.practice, ...changes } }))
  return (
    <Section
      title="Golden and practice pairs"
      about="In these pairs one clip reaches the jumppad that the question asks for, so the answer is known. Practice pairs come first and give feedback; golden pairs are mixed in and look like any other."
      locked={locked}
    >
      <fieldset className={kit.wholeRow} disabled={prepared}>
        <ChoiceField
          label="The question asks for"
          choices={jumppadChoices(outcomes)}
          value={golden?.jumppad ?? 'none'}
          onChange={(chosen) => change(withJumppad(outcomes.find((each) => each === chosen)))}
        />
      </fieldset>
      {golden ? (
        <>
          <fieldset disabled={prepared}>
            <CountField
              label="Golden pairs per labeller"
              minimum={0}
              maximum={40}
              value={golden.pairs}
              problem={problems.get('golden.pairs')}
              onChange={(pairs) => changeGolden({ pairs })}
            />
          </fieldset>
          <PercentField
            label="Minimum correct (%)"
            value={golden.least}
            onChange={(least) => changeGolden({ least })}
          />
          <ChoiceField
            label="Below that"
            choices={{ note: 'Only note it', stop: 'Ask the labeller to stop' }}
            value={golden.below}
            onChange={(below) => changeGolden({ below })}
          />
          <fieldset disabled={prepared}>
            <CountField
              label="Practice pairs"
              minimum={0}
              maximum={20}
              value={practice.pairs}
              problem={problems.get('practice.pairs')}
              onChange={(pairs) => changePractice({ pairs })}
            />
          </fieldset>
          <PercentField
            label="Needed to pass practice (%)"
            description="Practice is repeated below it."
            value={practice.least}
            onChange={(least) => changePractice({ least })}
          />
        </>
      ) : null}
    </Section>
  )
}

/** Returns a change to the jumppad that the question asks for; without one there are no known answers. */
function withJumppad(jumppad: Outcome | undefined): (study: Study) => Study {
  return ({ golden, ...study }) => {
    if (jumppad === undefined) return { ...study, practice: { ...study.practice, pairs: 0 } }
    const before = golden ?? { pairs: 4, least: 0.75, below: 'note' as const }
    return { ...study, golden: { ...before, jumppad } }
  }
}

export function TextsSection({ study, problems, locked, change }: SectionInput) {
  const [reasons, setReasons] = useListText(study.reasons, '\n', linesOf)
  const reasonProblem = [...problems].find(([path]) => /^reasons(\.|$)/.test(path))
  return (
    <Section
      title="Texts for labellers"
      about="Plain text; a blank line begins a new paragraph. Have your ethics board’s wording at hand for the consent."
      locked={locked}
    >
      <ParagraphsField
        label="Consent"
        description="Purpose, who is responsible, and how to stop. The page adds the list of what is sent."
        rows={8}
        value={study.consent}
        problem={problems.get('consent')}
        onChange={(consent) => change(set({ consent }))}
      />
      <ParagraphsField
        label="Instructions"
        rows={6}
        value={study.instructions}
        problem={problems.get('instructions')}
        onChange={(instructions) => change(set({ instructions }))}
      />
      <ParagraphsField
        label="Reasons that may be ticked"
        description="One per line, ten at most; leave empty for none."
        rows={3}
        value={reasons}
        problem={reasonProblem && `${reasonName(reasonProblem[0])}${reasonProblem[1]}`}
        onChange={(text) => {
          setReasons(text)
          change(set({ reasons: linesOf(text) }))
        }}
      />
    </Section>
  )
}

/**
 * Returns the text of a list, and the function that sets it while it is typed. What was typed is shown for as long as
 * it stands for the list, which another tab may change.
 */
function useListText(
  list: readonly string[],
  separator: string,
  read: (text: string) => readonly string[],
) {
  const [typed, setTyped] = useState('')
  const isCurrent = read(typed).join('\n') === list.join('\n')
  return [isCurrent ? typed : list.join(separator), setTyped] as const
}

function reasonName(path: string): string {
  const place = path.split('.')[1]
  return place === undefined ? '' : `reason ${Number(place) + 1}: `
}

export function EndSection({ study, problems, locked, change }: SectionInput) {
  const [parameters, setParameters] = useListText(study.parameters, ' ', namesOf)
  const { completion } = study
  const parameterProblem = [...problems].find(([path]) => path.startsWith('parameters'))?.[1]
  return (
    <Section
      title="Time, recruiting and the end"
      about="Recruiting sites such as Prolific need a completion code or an address to return to."
      locked={locked}
    >
      <TextField
        label="Opens"
        type="datetime-local"
        value={toLocal(study.opens)}
        problem={problems.get('opens')}
        onChange={(text) => change(({ opens: _, ...rest }) => withMoment(rest, 'opens', text))}
      />
      <TextField
        label="Closes"
        type="datetime-local"
        value={toLocal(study.closes)}
        problem={problems.has('closes') ? 'Closes must be later than Opens.' : undefined}
        onChange={(text) => change(({ closes: _, ...rest }) => withMoment(rest, 'closes', text))}
      />
      <CountField
        label="Suggest a break every"
        description="Number of pairs; 0 for never."
        minimum={0}
        maximum={1000}
        value={study.breakEvery}
        onChange={(breakEvery) => change(set({ breakEvery }))}
      />
      <TextField
        label="Completion code"
        value={completion.code ?? ''}
        problem={problems.get('completion.code')}
        onChange={(code) => change(set({ completion: withText(completion, 'code', code) }))}
      />
      <TextField
        label="Address to return to"
        type="url"
        placeholder="https://…"
        value={completion.returnTo ?? ''}
        problem={problems.get('completion.returnTo')}
        onChange={(url) => change(set({ completion: withText(completion, 'returnTo', url) }))}
      />
      <TextField
        label="Parameters to keep"
        description="Names that the recruiting site adds to the link, separated by spaces."
        placeholder="PROLIFIC_PID"
        value={parameters}
        problem={parameterProblem}
        onChange={(text) => {
          setParameters(text)
          change(set({ parameters: namesOf(text) }))
        }}
      />
    </Section>
  )
}

function withMoment(study: Study, name: 'opens' | 'closes', text: string): Study {
  const moment = fromLocal(text)
  return moment === undefined ? study : { ...study, [name]: moment }
}

function withText(
  completion: Study['completion'],
  name: keyof Study['completion'],
  text: string,
): Study['completion'] {
  const { [name]: _, ...rest } = completion
  return text === '' ? rest : { ...rest, [name]: text }
}

export function PracticeTextsSection({ study, problems, locked, change }: SectionInput) {
  const { material } = study
  if (!material || material.practice.length === 0) return null
  const explain = (place: number, because: string) => {
    const practice = material.practice.map((pair, index) => {
      if (index !== place) return pair
      const { because: _, ...rest } = pair
      return because === '' ? rest : { ...rest, because }
    })
    change(set({ material: { ...material, practice } }))
  }
  return (
    <Section
      title="Explanations of practice pairs"
      about="Shown after the answer; without one, labellers are told how the two clips end."
      locked={locked}
    >
      {material.practice.map(({ first, second, because = '' }, place) => (
        <TextField
          key={`${first} ${second}`}
          wide
          label={`Practice pair ${place + 1}`}
          value={because}
          problem={problems.get(`material.practice.${place}.because`)}
          onChange={(text) => explain(place, text)}
        />
      ))}
    </Section>
  )
}
