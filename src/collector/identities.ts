/**
 * Identities of a collector: an operator and accounts, whose keys stay with the owner, and users whose
 * signed tokens say what they may do. The server knows nobody by name, so anybody who has an account's
 * key invites people without it.
 *
 * Labellers have an account of their own, which has no JetStream and imports nothing but the subjects of
 * labels. Whoever publishes names the subject of the acknowledgement, and JetStream publishes it without
 * regard to anybody's permissions: in the study's account, that could be a subject that deletes the
 * stream's messages. In the labellers' account it reaches nothing.
 */
import {
  type Account,
  createAccount,
  createOperator,
  createUser,
  encodeAccount,
  encodeOperator,
  encodeUser,
  fromSeed,
  type KeyPair,
  type UserEncodingOptions,
  type UserPermissionsLimits,
} from '@nats-io/jwt'
import type { Study } from '../study/study.ts'
import type { CollectorLimits } from './limits.ts'
import {
  inboxPrefix,
  labellerSubject,
  labellerSubjects,
  researcherSubjects,
  streamName,
} from './subjects.ts'

/** Seeds of a collector's keys; whoever has them owns the collector. */
export interface CollectorSeeds {
  readonly operator: string
  /** Account that stores the study. */
  readonly account: string
  /** Account of the labellers, which stores nothing. */
  readonly labellers: string
  /** Account through which servers are told about changes. */
  readonly system: string
}

/** User's token and the seed that proves who presents it. */
export interface UserCredentials {
  readonly jwt: string
  readonly seed: string
}

/** User together with the public key by which it is revoked. */
export interface IssuedUser extends UserCredentials {
  readonly publicKey: string
}

/** Time after the closing of a study in which waiting answers are still accepted, in seconds. */
const GRACE = 30 * 24 * 60 * 60
/** Validity of an invitation to a study without a closing date, in seconds. */
const DEFAULT_VALIDITY = 90 * 24 * 60 * 60
/** Validity of the researcher's access, in seconds: decisions are made, and results read, after the study. */
const RESEARCHER_VALIDITY = 365 * 24 * 60 * 60
/** Validity of the owner's tokens, in seconds: each command makes its own. */
const OWNER_VALIDITY = 24 * 60 * 60

const UNLIMITED = {
  subs: -1,
  conn: -1,
  leaf: -1,
  imports: -1,
  exports: -1,
  data: -1,
  payload: -1,
  wildcards: true,
}

/** Creates the keys of a new collector. */
export function createSeeds(): CollectorSeeds {
  return {
    operator: seedOf(createOperator()),
    account: seedOf(createAccount()),
    labellers: seedOf(createAccount()),
    system: seedOf(createAccount()),
  }
}

/** Account's public key, and the token that says what the account may do. */
interface AccountToken {
  readonly publicKey: string
  readonly jwt: string
}

/** Tokens that servers are configured with. */
export interface ServerTokens {
  readonly operator: string
  /** Accounts of the study and of its labellers, whose tokens change when somebody is revoked. */
  readonly accounts: readonly AccountToken[]
  readonly system: AccountToken
}

/** Collector whose servers are configured. */
export interface ServedCollector {
  /** Id of the study. */
  readonly study: string
  readonly seeds: CollectorSeeds
  readonly limits: CollectorLimits
  /** Users who are locked out, by public key, with the time in seconds. */
  readonly revoked: Readonly<Record<string, number>>
}

/** Returns the tokens for the servers of a collector. */
export async function serverTokens(collector: ServedCollector): Promise<ServerTokens> {
  const { seeds } = collector
  const operator = keyOf(seeds.operator)
  const system = keyOf(seeds.system)
  const account = keyOf(seeds.account)
  const labellers = keyOf(seeds.labellers)
  const sign = async (name: string, key: KeyPair, claims: Partial<Account>) => ({
    publicKey: key.getPublicKey(),
    jwt: await encodeAccount(name, key, claims, { signer: operator }),
  })
  return {
    operator: await encodeOperator('jumppad', operator, { system_account: system.getPublicKey() }),
    accounts: [
      await sign('study', account, studyAccount(collector)),
      await sign('labellers', labellers, labellersAccount(collector, account.getPublicKey())),
    ],
    system: await sign('system', system, { limits: UNLIMITED }),
  }
}

/** Name under which one account exports the subjects of labels and the other imports them. */
const LABELS = 'labels'

function studyAccount({ study, limits, revoked }: ServedCollector): Partial<Account> {
  return {
    limits: {
      ...UNLIMITED,
      conn: limits.consumers,
      leaf: 0,
      imports: 0,
      exports: 1,
      // A token without the proof of its seed would be a password in clear text.
      disallow_bearer: true,
      mem_storage: 0,
      // Copies on three servers count three times. The stream's own limit is the one that bounds it.
      disk_storage: 2 * 3 * limits.bytes,
      streams: 1,
      consumer: limits.consumers,
    },
    exports: [{ name: LABELS, subject: labellerSubjects(study), type: 'service' }],
    revocations: revoked,
  }
}

function labellersAccount(
  { study, limits, revoked }: ServedCollector,
  exporter: string,
): Partial<Account> {
  return {
    limits: {
      ...UNLIMITED,
      conn: limits.connections,
      leaf: 0,
      imports: 1,
      exports: 0,
      disallow_bearer: true,
    },
    imports: [
      { name: LABELS, subject: labellerSubjects(study), type: 'service', account: exporter },
    ],
    revocations: revoked,
  }
}

/**
 * Creates the user of a labeller, who may publish on one subject and hears nothing but whether that was
 * stored. `now` is in milliseconds.
 */
export function createLabeller(
  seeds: CollectorSeeds,
  study: Study,
  { labeller, limits, now }: { labeller: number; limits: CollectorLimits; now: number },
): Promise<IssuedUser> {
  return issue(
    seeds.labellers,
    `labeller ${labeller}`,
    { exp: expiry(study, now) },
    (publicKey) => ({
      pub: { allow: [labellerSubject(study.id, labeller)] },
      sub: { allow: [`${inboxPrefix(publicKey)}.>`] },
      payload: limits.messageBytes,
      subs: 2,
    }),
  )
}

/** Creates the user of the researcher, who may read what is stored and publish decisions. */
export function createResearcher(
  seeds: CollectorSeeds,
  study: Study,
  { limits, now }: { limits: CollectorLimits; now: number },
): Promise<IssuedUser> {
  const stream = streamName(study.id)
  const exp = Math.max(expiry(study, now), inSeconds(now) + RESEARCHER_VALIDITY)
  return issue(seeds.account, 'researcher', { exp }, (publicKey) => ({
    pub: {
      allow: [
        researcherSubjects(study.id),
        `$JS.API.STREAM.INFO.${stream}`,
        consumerCreation(study.id),
        `$JS.API.CONSUMER.INFO.${stream}.*`,
        `$JS.API.CONSUMER.DELETE.${stream}.*`,
        `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
      ],
    },
    sub: { allow: [`${inboxPrefix(publicKey)}.>`] },
    payload: limits.messageBytes,
    subs: 8,
  }))
}

/** Returns the subjects on which consumers of a study's stream are created, by which readers are recognised. */
export function consumerCreation(study: string): string {
  return `$JS.API.CONSUMER.CREATE.${streamName(study)}.>`
}

/** Creates a user who may do everything in the study's account. */
export function createOwner(seeds: CollectorSeeds, now: number): Promise<IssuedUser> {
  return issue(seeds.account, 'owner', { exp: inSeconds(now) + OWNER_VALIDITY }, () => ({}))
}

/** Creates a user who may tell servers about changes of the account. */
export function createSystemUser(seeds: CollectorSeeds, now: number): Promise<IssuedUser> {
  return issue(seeds.system, 'owner', { exp: inSeconds(now) + OWNER_VALIDITY }, () => ({}))
}

async function issue(
  account: string,
  name: string,
  options: Partial<UserEncodingOptions>,
  permissions: (publicKey: string) => Partial<UserPermissionsLimits>,
): Promise<IssuedUser> {
  const user = createUser()
  const publicKey = user.getPublicKey()
  const jwt = await encodeUser(name, user, keyOf(account), permissions(publicKey), options)
  return { publicKey, jwt, seed: seedOf(user) }
}

function expiry({ closes }: Study, now: number): number {
  if (closes === undefined) return inSeconds(now) + DEFAULT_VALIDITY
  return inSeconds(Date.parse(closes)) + GRACE
}

function inSeconds(ms: number): number {
  return Math.ceil(ms / 1000)
}

function keyOf(seed: string): KeyPair {
  return fromSeed(new TextEncoder().encode(seed))
}

function seedOf(key: KeyPair): string {
  return new TextDecoder().decode(key.getSeed())
}
