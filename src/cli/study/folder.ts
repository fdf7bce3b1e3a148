/**
 * Folder of a study that is being served: its keys, the study as it is served, everybody's invitation,
 * and what its nats-server stores. Whoever can read the folder owns the study, so only its owner can.
 */
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sha256Schema } from '../../alignment/sha256-schema.ts'
import {
  createLabeller,
  createResearcher,
  createSeeds,
  type ServedCollector,
  type UserCredentials,
} from '../../collector/identities.ts'
import { type CollectorLimits, limitsOf } from '../../collector/limits.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import { isPrepared, type PreparedStudy } from '../../study/index.ts'
import { UsageError } from '../errors.ts'
import { isMissing } from '../folder-store.ts'
import { CHANGE_PATIENCE, withLock } from '../lock.ts'
import { readStudyFile, studyText, writeStudyFile, writeWhole } from './files.ts'
import { freePorts } from './free-ports.ts'

const FORMAT = 'jumppad-collector'
const VERSION = 1
/** File that is there while the folder's state is changed. */
const LOCK = 'keys.lock'

const count = z.int().positive()
const port = z.int().min(1).max(65_535)
const publicKey = z.string().regex(/^U[A-Z2-7]{55}$/, 'expected a public key')
const seed = z.string().regex(/^S[OAU][A-Z2-7]{56}$/, 'expected a seed')

const labellerSchema = z.strictObject({
  number: count,
  /** Place in the design. */
  slot: count,
  publicKey,
  jwt: z.string(),
  seed,
})

/** Ports for clients and for browsers. */
const portsSchema = z.strictObject({ client: port, webSocket: port })

const nodeSchema = z.strictObject({
  host: z.string(),
  /** Ports as above, and one for the other servers. */
  ports: z.strictObject({ ...portsSchema.shape, cluster: port }),
})

const stateSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  study: z.strictObject({ id: z.uuid(), digest: sha256Schema }),
  seeds: z.strictObject({ operator: seed, account: seed, labellers: seed, system: seed }),
  /** Address of the lab's page where the study was served last. */
  address: z.string().optional(),
  /** Ports of the folder's own nats-server, on this machine only. */
  ports: portsSchema,
  /** Servers of a cluster, which store the study instead of the folder's own. */
  cluster: z.strictObject({ secret: z.string(), nodes: z.array(nodeSchema).min(1) }).optional(),
  labellers: z.array(labellerSchema),
  /** Public key of the researcher; the seed is in the researcher's link only. */
  researcher: publicKey.optional(),
  /** Users who are locked out, by public key, with the time in seconds. */
  revoked: z.record(publicKey, z.int()),
})

export type FolderState = Readonly<z.infer<typeof stateSchema>>
export type KnownLabeller = Readonly<z.infer<typeof labellerSchema>>
export type ClusterNode = Readonly<z.infer<typeof nodeSchema>>

/** Returns the folder of a study file unless another is named. */
export function folderOf(file: string): string {
  return `${file.replace(/\.json$/, '')}-study`
}

export class StudyFolder {
  readonly dir: string
  readonly study: PreparedStudy
  readonly limits: CollectorLimits
  #state: FolderState

  private constructor(dir: string, study: PreparedStudy, state: FolderState) {
    this.dir = dir
    this.study = study
    this.limits = limitsOf(study)
    this.#state = state
  }

  /** Returns whether a folder holds a study already. */
  static isOne(dir: string): boolean {
    return existsSync(join(dir, 'keys.json'))
  }

  /**
   * Creates the folder of a study, with new keys and an invitation for each labeller of the design. Throws a
   * UsageError if there is a folder with other files.
   */
  static async create(dir: string, study: PreparedStudy): Promise<StudyFolder> {
    await refuseOtherFiles(dir, study)
    const state: FolderState = {
      ...{ format: FORMAT, version: VERSION },
      study: { id: study.id, digest: await studyDigest(study) },
      seeds: createSeeds(),
      ports: await freePorts(),
      labellers: [],
      revoked: {},
    }
    await mkdir(dir, { recursive: true })
    await chmod(dir, 0o700)
    const folder = new StudyFolder(dir, study, state)
    await writeStudyFile(folder.path('study.json'), study)
    await folder.invite(study.design.labellers)
    return folder
  }

  /** Opens the folder of a study. Throws a UsageError if it is none, or damaged. */
  static async open(dir: string): Promise<StudyFolder> {
    if (!StudyFolder.isOne(dir)) {
      throw new UsageError(
        `${dir} is not the folder of a study that is served: expected one that “npm run lab -- study serve” made`,
      )
    }
    const path = join(dir, 'study.json')
    const study = await readStudyFile(path)
    const state = await readState(dir)
    if (!isPrepared(study) || (await studyDigest(study)) !== state.study.digest) {
      throw new UsageError(
        `${path} is not the study that was served from this folder: put the original back, or serve the study from a new folder`,
      )
    }
    return new StudyFolder(dir, study, state)
  }

  /** What the study's servers are configured with. */
  get served(): ServedCollector {
    const { seeds, revoked } = this.#state
    return { study: this.study.id, seeds, limits: this.limits, revoked }
  }

  get state(): FolderState {
    return this.#state
  }

  path(...names: string[]): string {
    return join(this.dir, ...names)
  }

  /** Reads the state again, which other commands may have changed. */
  async reload(): Promise<void> {
    if (StudyFolder.isOne(this.dir)) this.#state = await readState(this.dir)
  }

  /** Changes the state as it is on disk, and saves it; other commands wait meanwhile. */
  async change(
    change: (state: FolderState) => Partial<FolderState> | Promise<Partial<FolderState>>,
  ): Promise<void> {
    await withLock(this.path(LOCK), CHANGE_PATIENCE, async () => {
      await this.reload()
      this.#state = { ...this.#state, ...(await change(this.#state)) }
      const text = JSON.stringify(this.#state, undefined, 2)
      await writeWhole(this.path('keys.json'), `${text}\n`, 0o600)
    })
  }

  /**
   * Makes invitations for further labellers, with the numbers after the highest one, and returns them. Each
   * gets the place of its number in the design unless `slot` is another.
   */
  async invite(count: number, slot?: number): Promise<KnownLabeller[]> {
    const invited: KnownLabeller[] = []
    await this.change(async ({ labellers, seeds }) => {
      const highest = Math.max(0, ...labellers.map((each) => each.number))
      for (let number = highest + 1; number <= highest + count; number++) {
        const about = { labeller: number, limits: this.limits, now: Date.now() }
        const user = await createLabeller(seeds, this.study, about)
        invited.push({ number, slot: slot ?? number, ...user })
      }
      return { labellers: [...labellers, ...invited] }
    })
    return invited
  }

  /** Makes access for the researcher, which replaces the present one, and returns it. It is not stored. */
  async renewResearcher(): Promise<UserCredentials> {
    const about = { limits: this.limits, now: Date.now() }
    const { publicKey, ...access } = await createResearcher(this.#state.seeds, this.study, about)
    await this.change(({ researcher, revoked }) => ({
      researcher: publicKey,
      revoked: { ...revoked, ...revocations(researcher === undefined ? [] : [researcher]) },
    }))
    return access
  }

  /** Locks a labeller out as soon as the servers are told. Throws a UsageError if there is none. */
  async revoke(number: number): Promise<void> {
    this.labeller(number)
    await this.change(({ labellers, revoked }) => {
      const own = labellers.filter((each) => each.number === number)
      return { revoked: { ...revoked, ...revocations(own.map((each) => each.publicKey)) } }
    })
  }

  /** Returns the labeller with a number. Throws a UsageError if there is none. */
  labeller(number: number): KnownLabeller {
    const found = this.#state.labellers.find((each) => each.number === number)
    if (found) return found
    throw new UsageError(
      `There is no labeller ${number}: the invitations have the numbers 1 to ${this.#state.labellers.length}`,
    )
  }

  isRevoked({ publicKey: key }: KnownLabeller): boolean {
    return this.#state.revoked[key] !== undefined
  }
}

/**
 * Throws a UsageError if a folder has files, which may be anybody's: a study's folder is locked to others.
 * What a creation leaves that was interrupted is accepted.
 */
async function refuseOtherFiles(dir: string, study: PreparedStudy): Promise<void> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw new UsageError(`${dir} is not a folder: name a new one with --dir`)
  })
  const written = await readFile(join(dir, 'study.json'), 'utf8').catch(() => '')
  const isOwn = written.trim() === studyText(study)
  const [first] = names.filter(
    (name) => !name.startsWith(LOCK) && !(name === 'study.json' && isOwn),
  )
  if (first === undefined) return
  throw new UsageError(
    `${dir} has other files, such as ${first}, and no study's keys (keys.json): name a new or an empty folder with --dir`,
  )
}

/** Returns entries of the list of those who are locked out from now on. */
function revocations(publicKeys: readonly string[]): Record<string, number> {
  const now = Math.floor(Date.now() / 1000)
  return Object.fromEntries(publicKeys.map((key) => [key, now]))
}

async function readState(dir: string): Promise<FolderState> {
  const path = join(dir, 'keys.json')
  try {
    return stateSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    throw new UsageError(
      `${path} is damaged or from another release: restore it from a backup; without its keys, no invitation works`,
    )
  }
}
