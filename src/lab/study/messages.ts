/** Messages of a sitting, which follow from what is stored: built again, they are the same. */
import type { Label, Session } from '../../alignment/labels/index.ts'
import type { Sitting } from '../../storage/index.ts'
import { type LabellerMessage, MESSAGE_VERSION, sentSession } from '../../study/message.ts'

type Of<Kind extends LabellerMessage['kind']> = Extract<LabellerMessage, { kind: Kind }>

/** Returns the message that a sitting has begun; undefined before the first real pair. */
export function begunMessage(sitting: Sitting, session: Session): Of<'begun'> | undefined {
  const { begunAt, invitation, parameters, practice } = sitting
  if (begunAt === undefined) return undefined
  const { answered, right } = practice
  return {
    ...common(sitting, 'begun', begunAt),
    kind: 'begun',
    slot: invitation.slot,
    session: sentSession(session),
    parameters,
    practice: { answered, right },
  }
}

/** Returns the message of a label, whose id is that of the label. */
export function labelMessage(sitting: Sitting, label: Label): Of<'label'> {
  return { ...common(sitting, 'label', label.createdAt), id: label.id, kind: 'label', label }
}

/** Returns the message that a sitting has ended; undefined before that. */
export function endMessage(sitting: Sitting): Of<'finished'> | Of<'withdrawn'> | undefined {
  const { finishedAt, why, withdrawnAt } = sitting
  if (withdrawnAt !== undefined) {
    return { ...common(sitting, 'withdrawn', withdrawnAt), kind: 'withdrawn' }
  }
  if (finishedAt === undefined || why === undefined) return undefined
  return { ...common(sitting, 'finished', finishedAt), kind: 'finished', why }
}

/** Returns all messages of a sitting in order; of a withdrawn one, none with an answer. */
export function messagesOf(
  sitting: Sitting,
  session: Session,
  labels: readonly Label[],
): LabellerMessage[] {
  const answers = sitting.withdrawnAt === undefined ? labels : []
  return [
    begunMessage(sitting, session),
    ...answers.map((label) => labelMessage(sitting, label)),
    endMessage(sitting),
  ].filter((message) => message !== undefined)
}

function common({ id, invitation }: Sitting, kind: LabellerMessage['kind'], at: string) {
  const { study, labeller } = invitation
  return {
    version: MESSAGE_VERSION,
    id: `${id} ${kind}`,
    at,
    study: study.id,
    digest: study.digest,
    labeller,
    sitting: id,
  } as const
}
