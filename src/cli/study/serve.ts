/** `study serve`: the lab, the study and its collector, until Ctrl+C. */
import { canonicalStudy, isPrepared, type PreparedStudy, type Study } from '../../study/index.ts'
import { UsageError } from '../errors.ts'
import { abortable } from '../interruption.ts'
import { readStudyFile } from './files.ts'
import { folderOf, StudyFolder } from './folder.ts'
import { startForwarder } from './forwarder.ts'
import { linkOf, researcherLink, writeInvitations } from './invitations.ts'
import { summaryOf } from './new.ts'
import { playStudy } from './prepare.ts'
import { keepServers, webSocketsOf } from './servers.ts'
import { serveLab, type WebOptions } from './web.ts'

export interface ServeOptions extends WebOptions {
  readonly dir?: string
  /** Folder of the agents' model files. */
  readonly models: string
}

/** Number of invitations that are printed; all are in the files. */
const PRINTED = 3

export function serveStudy(file: string, options: ServeOptions): Promise<void> {
  return abortable(async (signal) => {
    const folder = await openFolder(file, options)
    const say = (text: string) => process.stdout.write(`${text}\n`)
    await withWeb(folder, options, (address) =>
      keepServers(folder, { say, ready: () => introduce(folder, address, say) }, signal),
    )
    say('\nThe study is no longer served; answers given meanwhile wait in the labellers’ browsers.')
  })
}

/** Serves the lab while `work` runs on its address. */
async function withWeb(
  folder: StudyFolder,
  options: ServeOptions,
  work: (address: string) => Promise<void>,
): Promise<void> {
  const forwarder = await startForwarder(() => webSocketsOf(folder))
  try {
    const web = await serveLab(folder.study, forwarder.port, options)
    try {
      await work(web.address)
    } finally {
      await web.close()
    }
  } finally {
    await forwarder.close()
  }
}

/** Opens the folder of a study, or makes it the first time. */
export async function openFolder(
  file: string,
  { dir = folderOf(file), models }: Pick<ServeOptions, 'dir' | 'models'>,
): Promise<StudyFolder> {
  const study = await readStudyFile(file)
  if (!StudyFolder.isOne(dir)) {
    const prepared = isPrepared(study) ? study : await playStudy(file, study, { models })
    return StudyFolder.create(dir, prepared)
  }
  const folder = await StudyFolder.open(dir)
  if (folder.study.id !== study.id) {
    throw new UsageError(
      `${dir} holds another study, “${folder.study.title}”: name a new folder with --dir`,
    )
  }
  if (!isSame(study, folder.study)) {
    throw new UsageError(
      `${file} was changed since it was first served, but its labellers answer the study as it was: undo the change (${dir}/study.json has the original), or give the file a new "id" and serve it from a new folder with --dir`,
    )
  }
  return folder
}

/** Returns whether a study file is the study that is served; its material may still be missing. */
function isSame(study: Study, served: PreparedStudy): boolean {
  if (isPrepared(study)) return canonicalStudy(study) === canonicalStudy(served)
  const { material: _, ...settings } = served
  return canonicalStudy(study) === canonicalStudy(settings)
}

async function introduce(
  folder: StudyFolder,
  address: string,
  say: (text: string) => void,
): Promise<void> {
  await folder.change(() => ({ address }))
  await writeInvitations(folder)
  const valid = folder.state.labellers.filter((labeller) => !folder.isRevoked(labeller))
  say(`\nServing ${summaryOf(folder.study)} at ${address} (Ctrl+C ends it).`)
  if (!isSecure(address)) say(INSECURE)
  if (folder.state.researcher === undefined) {
    const access = await folder.renewResearcher()
    say(`\nYour link, shown only this once (“study renew ${folder.dir}” makes another):`)
    say(`  ${researcherLink(folder, access)}`)
  }
  say(
    `\nInvitations, one for each person, in ${folder.path('invitations.csv')} and, to print, invitations.html:`,
  )
  for (const labeller of valid.slice(0, PRINTED)) {
    say(`  ${labeller.number}  ${linkOf(folder, labeller)}`)
  }
  if (valid.length > PRINTED) say(`  … and ${valid.length - PRINTED} more`)
  say(`\nWho has answered: npm run lab -- study status ${folder.dir}`)
}

/** Returns whether browsers let pages of an address use everything that the lab needs. */
function isSecure(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || /^(localhost|127\..*|\[::1\])$/.test(hostname)
}

const INSECURE =
  'Note: browsers on other machines open the lab only over https. Name a certificate with --cert and --key, or put a proxy in front and name it with --address https://… (docs/studies.md).'
