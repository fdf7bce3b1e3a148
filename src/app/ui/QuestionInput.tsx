import { Autocomplete } from '@mantine/core'
import { LONGEST_QUESTION, questionFor } from '../../alignment/labels/index.ts'
import { STYLE_WISHES, styleQuestion } from '../../evaluation/wish.ts'
import type { Outcome } from '../../island/index.ts'

/** Returns the questions that can be chosen: those whose answers the lab can compare with what it measures. */
function questionsAbout(outcomes: readonly Outcome[]) {
  return [
    { group: 'Which jumppad', items: outcomes.map(questionFor) },
    { group: 'Which style', items: STYLE_WISHES.map(styleQuestion) },
  ]
}

interface QuestionInputProps {
  readonly question: string
  /** Jumppads of the island. */
  readonly outcomes: readonly Outcome[]
  readonly description?: string
  readonly error?: string | undefined
  readonly className?: string | undefined
  onChange(question: string): void
}

/** Renders the field for a question, with a list of questions to choose from; any text may be typed. */
export function QuestionInput({
  question,
  outcomes,
  description,
  error,
  className,
  onChange,
}: QuestionInputProps) {
  return (
    <Autocomplete
      label="Question"
      maxLength={LONGEST_QUESTION}
      maxDropdownHeight={280}
      comboboxProps={{ width: 340, position: 'bottom-end' }}
      data={questionsAbout(outcomes)}
      // All are offered whatever the text is: otherwise a filled field would offer its own text only.
      filter={({ options }) => options}
      value={question}
      onChange={onChange}
      autoComplete="off"
      className={className ?? ''}
      description={description ?? null}
      error={error ?? null}
    />
  )
}
