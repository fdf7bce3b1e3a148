import { Autocomplete } from '@mantine/core'
import { LONGEST_QUESTION, questionFor } from '../../alignment/labels/index.ts'
import { STYLE_WISHES, styleQuestion } from '../../evaluation/wish.ts'
import { HOME_OUTCOMES } from '../../island/index.ts'

/** Questions that can be chosen: those whose answers the lab can compare with what it measures. */
const QUESTIONS = [
  { group: 'Which jumppad', items: HOME_OUTCOMES.map(questionFor) },
  { group: 'Which style', items: STYLE_WISHES.map(styleQuestion) },
]

interface QuestionInputProps {
  readonly question: string
  readonly description?: string
  readonly error?: string | undefined
  readonly className?: string | undefined
  onChange(question: string): void
}

/** Renders the field for a question, with a list of questions to choose from; any text may be typed. */
export function QuestionInput({
  question,
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
      data={QUESTIONS}
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
