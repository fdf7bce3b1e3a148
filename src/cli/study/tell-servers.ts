/** Handing a changed account to running servers, so that revoked users are locked out at once. */
import { serverTokens } from '../../collector/identities.ts'
import { connectSystemUser } from './connect.ts'
import type { StudyFolder } from './folder.ts'
import { areRunning, serversOf } from './servers.ts'

const SUBJECT = '$SYS.REQ.CLAIMS.UPDATE'
/** Time in which all servers answer, in milliseconds. */
const PATIENCE = 3000

/** Returns the number of servers that have accepted the study's account as it is now. */
async function tellServers(folder: StudyFolder): Promise<number> {
  if (!(await areRunning(folder))) return 0
  const { seeds, revoked, cluster } = folder.state
  const { account } = await serverTokens(seeds, folder.limits, revoked)
  const connection = await connectSystemUser(serversOf(folder), seeds)
  try {
    const replies = await connection.requestMany(SUBJECT, account.jwt, {
      strategy: 'count',
      maxMessages: cluster?.nodes.length ?? 1,
      maxWait: PATIENCE,
    })
    let accepted = 0
    for await (const reply of replies) {
      if (/"code":\s*200/.test(reply.string())) accepted++
    }
    return accepted
  } finally {
    await connection.close()
  }
}

/** Hands on the present account and returns a sentence about who knows it. */
export async function tellServersAbout(folder: StudyFolder): Promise<string> {
  const servers = folder.state.cluster?.nodes.length ?? 1
  const accepted = await tellServers(folder)
  if (accepted === servers) return 'It takes effect at once.'
  if (servers === 1) return 'It takes effect when the study is served again.'
  return `${accepted} of ${servers} servers know of it; the others are told by those within a minute of running again.`
}
