/** `study invite`, `study revoke`, `study remove` and `study renew`: who has access to a study. */
import { studyOverview } from '../../study/index.ts'
import { UsageError } from '../errors.ts'
import { connectOwner } from './connect.ts'
import { type KnownLabeller, StudyFolder } from './folder.ts'
import { linkOf, researcherLink, writeInvitations } from './invitations.ts'
import { serversOf, withServers } from './servers.ts'
import { readStoredLog } from './stored.ts'
import { deleteLabeller } from './stream.ts'
import { tellServersAbout } from './tell-servers.ts'

export interface InviteOptions {
  /** Number of further invitations. */
  readonly number: number
  /** Number of the labeller whose place is handed on. */
  readonly inPlaceOf?: number
}

export async function invite(dir: string, { number, inPlaceOf }: InviteOptions): Promise<void> {
  const folder = await StudyFolder.open(dir)
  if (inPlaceOf === undefined) return add(folder, number)
  const predecessor = folder.labeller(inPlaceOf)
  const note = await release(folder, predecessor)
  await add(folder, 1, predecessor.slot)
  process.stdout.write(`${note}\n`)
}

async function add(folder: StudyFolder, count: number, slot?: number): Promise<void> {
  const invited = await folder.invite(count, slot)
  await writeInvitations(folder)
  for (const labeller of invited) {
    process.stdout.write(`${labeller.number}  ${linkOf(folder, labeller)}\n`)
  }
}

/**
 * Frees the place of a labeller, and returns what that means. An invitation that nobody has opened is
 * revoked; one that was begun stays valid, so that answers that wait in a browser are not lost.
 */
async function release(folder: StudyFolder, predecessor: KnownLabeller): Promise<string> {
  const { number } = predecessor
  const { rows } = studyOverview((await readStoredLog(folder)).log)
  const all = rows.filter(({ labeller }) => labeller === number)
  const own = all.filter(({ sitting }) => sitting !== undefined)
  if (own.some(({ state }) => state === 'finished')) {
    throw new UsageError(
      `Labeller ${number} has answered all pairs, so this place is taken: invite somebody else with --number 1`,
    )
  }
  const [begun] = own
  if (begun) {
    return `Labeller ${number} has answered ${begun.answered} of ${begun.of} pairs; these are kept, and the invitation stays valid.`
  }
  await folder.revoke(number)
  await writeInvitations(folder)
  const done = all.some(({ state }) => state === 'withdrawn') ? 'withdrawn' : 'sent nothing'
  return `The invitation of labeller ${number}, who has ${done}, is revoked. ${await tellServersAbout(folder)}`
}

export async function revoke(dir: string, number: number): Promise<void> {
  const folder = await StudyFolder.open(dir)
  await folder.revoke(number)
  await writeInvitations(folder)
  process.stdout.write(
    `The invitation of labeller ${number} is revoked; what they have sent is kept. ${await tellServersAbout(folder)}\n`,
  )
}

/** Deletes what a labeller has sent, and locks the labeller out, so that no browser sends it again. */
export async function remove(dir: string, number: number): Promise<void> {
  const folder = await StudyFolder.open(dir)
  await folder.revoke(number)
  await writeInvitations(folder)
  const effect = await tellServersAbout(folder)
  const deleted = await withServers(folder, async () => {
    const owner = await connectOwner(serversOf(folder), folder.state.seeds)
    try {
      return await deleteLabeller(owner, folder.study.id, number)
    } finally {
      await owner.close()
    }
  })
  process.stdout.write(
    `Deleted what labeller ${number} had sent (messages: ${deleted}), and revoked the invitation. ${effect}\nDelete copies in files and in the researcher’s browser separately.\n`,
  )
}

export async function renew(dir: string): Promise<void> {
  const folder = await StudyFolder.open(dir)
  const access = await folder.renewResearcher()
  process.stdout.write(
    `Your link, shown only this once:\n  ${researcherLink(folder, access)}\nEarlier ones are revoked. ${await tellServersAbout(folder)}\n`,
  )
}
