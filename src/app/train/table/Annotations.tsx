import { Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { LONGEST_NOTE, type Run } from '../../../storage/run-record.ts'
import type { Annotation } from '../../../storage/runs.ts'
import { whole } from '../../ui/format.ts'
import { askQueue } from '../actions.ts'
import { readTags } from '../tags.ts'
import classes from './Runs.module.css'

/** Fields for a run's tags and note. They are saved when they are left; Escape restores what is saved. */
export function Annotations({ run }: { readonly run: Run }) {
  const help = useId()
  return (
    <fieldset className={classes.annotations} aria-label={`Tags and note of ${run.name}`}>
      <TagsField run={run} help={help} />
      <NoteField run={run} help={help} />
      <p className={classes.help} id={help}>
        Saved with the run when you leave the field, or with Ctrl + Enter. Escape restores the saved
        text.
      </p>
    </fieldset>
  )
}

interface FieldProps {
  readonly run: Run
  /** Id of the text that explains how to save. */
  readonly help: string
}

function TagsField({ run: { id, tags }, help }: FieldProps) {
  const save = (text: string) => {
    const typed = readTags(text).tags ?? []
    // Only what was changed here is written, as another tab may have changed other tags meanwhile.
    return {
      added: typed.filter((tag) => !tags.includes(tag)),
      removed: tags.filter((tag) => !typed.includes(tag)),
    }
  }
  const field = useSavedText(id, tags.join(', '), (text) => readTags(text).problem, save)
  return (
    <TextInput
      label="Tags"
      placeholder="Separated by commas"
      autoComplete="off"
      aria-describedby={help}
      {...field}
    />
  )
}

function NoteField({ run: { id, note }, help }: FieldProps) {
  const field = useSavedText(id, note, problemOfNote, (text) => ({ note: text.trim() }))
  return <Textarea label="Note" rows={2} aria-describedby={help} {...field} />
}

function problemOfNote(text: string): string | undefined {
  const { length } = text.trim()
  if (length <= LONGEST_NOTE) return undefined
  return `Found ${whole(length)} characters, expected at most ${whole(LONGEST_NOTE)}: shorten the note.`
}

/** Returns the props of a field that shows a saved text and saves what is typed unless it is invalid. */
function useSavedText(
  id: string,
  saved: string,
  problemOf: (text: string) => string | undefined,
  annotation: (text: string) => Annotation,
) {
  // Text being typed; undefined while the field shows what is saved.
  const [typed, setTyped] = useState<string>()
  const problem = typed === undefined ? undefined : problemOf(typed)
  const keep = () => {
    if (typed === undefined || problem !== undefined) return
    if (typed === saved) return setTyped(undefined)
    askQueue(async (queue) => {
      await queue.annotate(id, annotation(typed))
      // What was typed since is kept.
      setTyped((now) => (now === typed ? undefined : now))
    })
  }
  return {
    value: typed ?? saved,
    error: problem,
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      setTyped(currentTarget.value),
    onBlur: keep,
    onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const isOneLine = event.currentTarget instanceof HTMLInputElement
      if (event.key === 'Enter' && (isOneLine || event.ctrlKey || event.metaKey)) keep()
      if (event.key === 'Escape') setTyped(undefined)
    },
  }
}
