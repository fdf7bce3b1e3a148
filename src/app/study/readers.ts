/** How the page connects to collectors; tests put a reader of their own here. */
import { connectReader } from '../../collector/connect.ts'
import type { StudyReader } from '../../collector/publisher.ts'
import type { StudyEntry } from '../../storage/index.ts'

interface Readers {
  connect(
    access: NonNullable<StudyEntry['access']>,
    study: StudyEntry['study'],
  ): Promise<StudyReader>
}

export const readers: Readers = {
  connect: (access, { id }) => connectReader(access, id, { page: window.location.href }),
}
