/** Handing changed accounts to running servers, so that revoked users are locked out at once. */
import type { NatsConnection } from '@nats-io/nats-core'
import { serverTokens } from '../../collector/identities.ts'
import { connectSystemUser } from './connect.ts'
import type { StudyFolder } from './folder.ts'
import { areRunning, serversOf } from './servers.ts'

const SUBJECT = '$SYS.REQ.CLAIMS.UPDATE'
/** Time in which all servers answer, in milliseconds. */
const PATIENCE = 3000

/** Returns the number of servers that have accepted the study's accounts as they are now. */
async function tellServers(folder: StudyFolder): Promise<number> {
  if (!(await areRunning(folder))) return 0
  const { accounts } = await serverTokens(folder.served)
  const connection = await connectSystemUser(serversOf(folder), folder.state.seeds)
  try {
    const servers = folder.state.cluster?.nodes.length ?? 1
    const accepted = await Promise.all(
      accounts.map(({ jwt }) => acceptances(connection, jwt, servers)),
    )
    return Math.min(...accepted)
  } finally {
    await connection.close()
  }
}

/** Returns how many of the servers accept the token of an account. */
async function acceptances(
  connection: NatsConnection,
  jwt: string,
  servers: number,
): Promise<number> {
  const replies = await connection.requestMany(SUBJECT, jwt, {
    strategy: 'count',
    maxMessages: servers,
    maxWait: PATIENCE,
  })
  let accepted = 0
  for await (const reply of replies) {
    if (/"code":\s*200/.test(reply.string())) accepted++
  }
  return accepted
}

/** Sends the present accounts to the servers, and returns a sentence about which of them know. */
export async function tellServersAbout(folder: StudyFolder): Promise<string> {
  const servers = folder.state.cluster?.nodes.length ?? 1
  const accepted = await tellServers(folder)
  if (accepted === servers) return 'It takes effect at once.'
  if (servers === 1) return 'It takes effect when the study is served again.'
  return `${accepted} of ${servers} servers know of it; the others learn it from those within a minute of running again.`
}
