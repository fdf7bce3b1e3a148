import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import type { LabellerRow } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'
import { record } from '../collector.ts'

interface ExcludeDialogProps {
  readonly entry: StudyEntry
  /** Labeller to exclude. The last one stays while the dialog closes. */
  readonly row: LabellerRow | undefined
  readonly opened: boolean
  onClose(): void
}

/** Maximum length of a note in messages. */
const LONGEST_NOTE = 1000

/** Dialog that excludes a labeller's answers, with a note. It closes once this is saved. */
export function ExcludeDialog({ entry, row, opened, onClose }: ExcludeDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Exclude labeller ${row?.name ?? ''}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {row?.sitting ? (
        <ExcludeForm entry={entry} sitting={row.sitting.id} onClose={onClose} />
      ) : null}
    </Modal>
  )
}

interface ExcludeFormProps {
  readonly entry: StudyEntry
  readonly sitting: string
  onClose(): void
}

function ExcludeForm({ entry, sitting, onClose }: ExcludeFormProps) {
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState(false)
  const exclude = async (event: FormEvent) => {
    event.preventDefault()
    const rest = { kind: 'exclusion', sitting, out: true, note: note.trim() } as const
    if (await record(entry, rest)) onClose()
    else setProblem(true)
  }
  return (
    <form className={kit.stack} onSubmit={(event) => void exclude(event)}>
      <p className={kit.sentence}>
        The answers stay here, but do not count until you include the labeller again.
      </p>
      <Textarea
        label="Why"
        description="Kept with the study’s messages."
        maxLength={LONGEST_NOTE}
        rows={3}
        value={note}
        data-autofocus
        error={problem ? 'It could not be saved: try again.' : null}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit">Exclude</Button>
      </Group>
    </form>
  )
}
