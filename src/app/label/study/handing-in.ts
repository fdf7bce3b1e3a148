/** Handing in of a sitting as a file: through the device's share sheet where it has one, else as a download. */

import { messagesOf } from '../../../lab/study/messages.ts'
import { encodeAnswersFile } from '../../../study/index.ts'
import { saveFile } from '../../save-file.ts'
import { problemOf } from '../../sentences.ts'
import { countOf } from '../../ui/format.ts'
import type { Participation } from './participation.ts'
import { useParticipation } from './store.ts'

/** Hands in everything of this sitting as one file, answers that could not be saved included. */
export async function handIn({ session, storage }: Participation): Promise<void> {
  const { sitting } = useParticipation.getState()
  if (!sitting || !session || !storage) return
  try {
    const messages = messagesOf(sitting, session, storage.labels)
    const answers = messages.filter(
      (message) => message.kind === 'label' && message.label.corrects === undefined,
    ).length
    const text = encodeAnswersFile(sitting.study, messages)
    const name = `jumppad-answers-${fileWords(sitting.study.title)}-${session.labeller}.jsonl`
    const shared = await share(text, name)
    if (shared === 'cancelled') return
    if (shared === 'no way') saveFile(new Blob([text], { type: 'application/jsonl' }), name)
    const what = sitting.withdrawnAt === undefined ? countOf(answers, 'answer') : 'your withdrawal'
    tell(
      'done',
      shared === 'shared'
        ? `Shared a file with ${what}.`
        : `Saved ${name}, with ${what}, to your downloads. You still need to send this file to the researcher.`,
    )
  } catch (error) {
    tell('failed', problemOf(error))
  }
}

/** Returns whether the device has a share sheet that takes files of answers. */
export function canShareAnswers(): boolean {
  return navigator.canShare?.({ files: [shareable('', 'answers.jsonl')] }) ?? false
}

/** Returns a file that browsers share: they take few types only, and plain text is one of them. */
function shareable(text: string, name: string): File {
  return new File([text], `${name}.txt`, { type: 'text/plain' })
}

/** Opens the share sheet, where the device has one that takes the file. */
async function share(text: string, name: string): Promise<'shared' | 'cancelled' | 'no way'> {
  const data = { files: [shareable(text, name)] }
  if (!navigator.canShare?.(data)) return 'no way'
  try {
    await navigator.share(data)
    return 'shared'
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : 'no way'
  }
}

/** Returns a title as part of a file name. */
function fileWords(title: string): string {
  const words = title.normalize('NFKD').replace(/\p{Mark}/gu, '')
  return (
    words
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'study'
  )
}

function tell(kind: 'done' | 'failed', text: string): void {
  useParticipation.setState({ handedIn: { kind, text } })
}
