/** Opening of the study that an invitation leads to. */
import type { Invitation } from '../../collector/invitation.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import { clipsOfStudy } from '../../study/material.ts'
import { checkedStudy, readStudy, StudyFileError } from '../../study/read.ts'
import { isPrepared, type PreparedStudy, type Study } from '../../study/study.ts'

/** Error of an invitation whose study cannot be opened; its message is for the labeller. */
export class StudyOpeningError extends Error {
  override readonly name = 'StudyOpeningError'
  /** Whether another attempt may succeed. */
  readonly isTransient: boolean

  constructor(message: string, isTransient = false) {
    super(message)
    this.isTransient = isTransient
  }
}

export interface OpenedStudy {
  readonly study: PreparedStudy
  /** Time at the server that sent the study, in milliseconds; undefined where none did or it said none. */
  readonly serverTime: number | undefined
}

/** How a study is fetched. */
interface Fetching {
  readonly fetch: typeof fetch
  /** Address of the page, to which that of the study may be relative. */
  readonly page: string
}

/** Milliseconds after which a server that does not answer counts as out of reach. */
const PATIENCE_MS = 20_000

const ASK = 'ask the researcher for a new link'

/**
 * Returns the study of an invitation: the one in the invitation, or that at the address in it. Throws a
 * StudyOpeningError if it cannot be reached, is not a study, is not the one that the invitation is for, or
 * is not prepared.
 */
export async function openStudy(invitation: Invitation, how: Fetching): Promise<OpenedStudy> {
  const { study, serverTime } = await studyOf(invitation, how)
  // Pages without a secure context cannot compute a SHA-256; they trust their server.
  const digest = globalThis.crypto?.subtle ? await studyDigest(study) : invitation.study.digest
  if (digest !== invitation.study.digest) {
    throw new StudyOpeningError(
      `The study was changed after this invitation was made, so its answers would not fit: ${ASK}.`,
    )
  }
  if (!isPrepared(study)) {
    throw new StudyOpeningError(
      'The study is not ready yet, as no clips were played for it: tell the researcher, who has to prepare it and to send a new link.',
    )
  }
  readable(() => clipsOfStudy(study))
  return { study, serverTime }
}

async function studyOf(
  { inline, from }: Invitation,
  how: Fetching,
): Promise<{ readonly study: Study; readonly serverTime: number | undefined }> {
  if (inline) return { study: readable(() => checkedStudy(inline)), serverTime: undefined }
  if (from === undefined) {
    throw new StudyOpeningError(`This invitation does not say where its study is: ${ASK}.`)
  }
  const response = await fetched(from, how)
  const text = await response.text().catch(() => unreachable(response.url))
  return { study: readable(() => readStudy(text)), serverTime: timeOf(response) }
}

async function fetched(from: string, { fetch, page }: Fetching): Promise<Response> {
  const address = URL.canParse(from, page) ? new URL(from, page) : undefined
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    throw new StudyOpeningError(
      `The address of the study, “${from}”, is not one of a site: ${ASK}.`,
    )
  }
  const options = { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) } as const
  const response = await fetch(address, options).catch(() => unreachable(address.href))
  if (response.ok) return response
  if (response.status >= 500) return unreachable(address.href)
  throw new StudyOpeningError(
    `The study is no longer at ${address.host} (status ${response.status}): ${ASK}.`,
  )
}

function unreachable(address: string): never {
  throw new StudyOpeningError(
    `The study could not be loaded from ${new URL(address).host}: check your connection to the internet, then try again.`,
    true,
  )
}

function timeOf(response: Response): number | undefined {
  const time = Date.parse(response.headers.get('Date') ?? '')
  return Number.isNaN(time) ? undefined : time
}

/** Runs `read`; an error in the study file becomes one that the labeller is asked to pass on. */
function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof StudyFileError)) throw error
    throw new StudyOpeningError(
      `The study of this invitation cannot be opened: tell the researcher, with this reason: “${error.message}”`,
    )
  }
}

/** Returns the time at the server of an invitation's study; undefined where it does not answer. */
export async function serverTimeOf(
  { from }: Invitation,
  { fetch, page }: Fetching,
): Promise<number | undefined> {
  if (from === undefined || !URL.canParse(from, page)) return undefined
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const options = { method: 'HEAD', cache: 'no-store', signal } as const
  const response = await fetch(new URL(from, page), options).catch(() => undefined)
  return response && timeOf(response)
}

/** State of a study at a time: open, or why not, with the date. */
export type Openness =
  | { readonly is: 'open' }
  | { readonly is: 'not open yet' | 'closed'; readonly date: string }

export function opennessOf({ opens, closes }: Study, time: number): Openness {
  if (opens !== undefined && time < Date.parse(opens)) return { is: 'not open yet', date: opens }
  if (closes !== undefined && time >= Date.parse(closes)) return { is: 'closed', date: closes }
  return { is: 'open' }
}
