/** Publishing of a labeller's messages to a collector. */
import { LARGEST_MESSAGE, type LabellerMessage } from '../study/message.ts'
import { type CollectorAccess, readCredentials } from './credentials.ts'
import { type Dial, Link } from './link.ts'
import type { Publisher } from './publisher.ts'
import { store } from './store.ts'
import { labellerSubject, streamName } from './subjects.ts'

/** Opens the connection of a labeller. Throws a RefusedError or an AwayError. */
export async function openPublisher(
  access: Omit<CollectorAccess, 'url'>,
  { study, labeller }: { readonly study: string; readonly labeller: number },
  dial: Dial,
): Promise<Publisher> {
  const subject = labellerSubject(study, labeller)
  const link = await Link.open(dial, readCredentials(access, subject, 'invitation'))
  const stream = streamName(study)
  return {
    publish(message: LabellerMessage) {
      const bytes = new TextEncoder().encode(JSON.stringify(message))
      const parcel = { subject, stream, id: message.id, bytes, largest: LARGEST_MESSAGE }
      return store(link, 'invitation', parcel)
    },
    close: () => link.close(),
  }
}
