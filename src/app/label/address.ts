/** Agent and island that an address asks for: how a session follows it, and what is said where it does not. */
import type { Session } from '../../alignment/labels/index.ts'
import { worldOf } from '../../island/index.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { carriedMap, islandOf, playedIsland } from '../stores/island-choice.ts'
import { onIsland, policyIn, policyNamed, policyOf } from './session.ts'

interface FollowedAddress {
  /** Session with the agent and the island of the address; the rest is as it was. */
  readonly session: Session
  /** Requests of the address that cannot be met, as sentences. */
  readonly problems: readonly string[]
}

/** Returns a session that is being set up as an address asks for it. */
export function followed(session: Session, params: URLSearchParams): FollowedAddress {
  const name = params.get('model')
  const agent = name === null ? undefined : policyNamed(name)
  // A link that names an agent is about the first island unless it names another.
  const island = params.get('island') ?? (name === null ? undefined : 'home')
  const about = agent ? { ...session, policy: policyOf(agent) } : session
  const missing = name === null || agent ? undefined : missingAgent(name, session)
  const unread = island === undefined ? undefined : islandOf(island).problem
  return {
    session: island === undefined ? about : onIsland(about, playedIsland(island)),
    problems: [missing, unread].filter((problem) => problem !== undefined),
  }
}

function missingAgent(name: string, session: Session): string {
  const title = policyIn(session)?.title ?? session.policy.file
  return `There is no agent “${name}” on this site or in this browser, so clips of “${title}” are compared instead: choose another agent, or add the file on the Watch page and open this link again.`
}

/**
 * Compares a session that has begun, and so keeps its agent and its island, with an address. Returns why it goes on
 * where the address asks for others, and which of its requests cannot be met, as sentences.
 */
export function askedBeside(session: Session, params: URLSearchParams): readonly string[] {
  const agent = otherAgent(session, params.get('model'))
  const island = otherIsland(session, params.get('island'))
  const kept = keptSentence(session, agent.asked, island.asked)
  return [kept, agent.problem, island.problem].filter((problem) => problem !== undefined)
}

/** Returns why a session goes on; undefined where neither another agent nor another island is asked for. */
function keptSentence(
  session: Session,
  agent: string | undefined,
  island: string | undefined,
): string | undefined {
  if (agent === undefined && island === undefined) return undefined
  // The name of a session's agent is hidden from its labeller.
  const about = agent === undefined ? '' : ' about another agent'
  const here = island === undefined ? '' : ` on “${session.island?.title ?? 'The first island'}”`
  const whose = agent === undefined ? '' : ` of “${agent}”`
  const there = island === undefined ? '' : ` on “${island}”`
  return `Your session${about}${here} is not finished, so it continues. End it to compare clips${whose}${there}.`
}

/** What an address asks for in place of what a session has. */
interface Other {
  /** Title of the other agent or island; undefined where the address asks for none. */
  readonly asked?: string
  readonly problem?: string | undefined
}

function otherAgent({ policy }: Session, name: string | null): Other {
  // Before their list is read, or where it cannot be, any agent may be there.
  if (name === null || useCatalogue.getState().models === undefined) return {}
  const agent = policyNamed(name)
  if (agent) return agent.sha256 === policy.digest ? {} : { asked: agent.title }
  return {
    problem: `There is no agent “${name}” on this site or in this browser, so your unfinished session continues: end it to choose an agent, or add the file on the Watch page and open this link again.`,
  }
}

function otherIsland({ island }: Session, value: string | null): Other {
  if (value === null) return {}
  const { title, problem } = islandOf(value)
  // Addresses of one island may differ in its words.
  const isSame = worldOf({ island: carriedMap(value) }) === worldOf({ island: island?.map })
  return isSame ? { problem } : { asked: title }
}
