import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import type { LabellerRow } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'
import { record } from '../collector.ts'

interface LeaveOutDialogProps {
  readonly entry: StudyEntry
  readonly row: LabellerRow
  onClose(): void
}

/** Maximum length of a note in messages. */
const LONGEST_NOTE = 1000

/** Dialog that leaves a labeller's answers out, with a note. */
export function LeaveOutDialog({ entry, row, onClose }: LeaveOutDialogProps) {
  const [note, setNote] = useState('')
  const { sitting, name } = row
  const leaveOut = (event: FormEvent) => {
    event.preventDefault()
    if (!sitting) return
    void record(entry, { kind: 'exclusion', sitting: sitting.id, out: true, note: note.trim() })
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Leave labeller ${name} out`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className={kit.stack} onSubmit={leaveOut}>
        <p className={kit.sentence}>
          The answers stay here, but count for nothing until you put the labeller back.
        </p>
        <Textarea
          label="Why"
          description="Kept with the study’s messages."
          maxLength={LONGEST_NOTE}
          rows={3}
          value={note}
          data-autofocus
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Leave out</Button>
        </Group>
      </form>
    </Modal>
  )
}
