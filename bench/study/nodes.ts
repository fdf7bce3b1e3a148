/** Three nats-servers on this machine that store a study together, one of which is killed now and then. */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type NatsServer, startNats } from '../../src/cli/nats/server.ts'
import { clusterPlace } from '../../src/cli/study/cluster.ts'
import type { ClusterNode, StudyFolder } from '../../src/cli/study/folder.ts'
import { serverConfig } from '../../src/cli/study/server-config.ts'
import { type ServerTokens, serverTokens } from '../../src/collector/identities.ts'
import type { RandomStream } from '../../src/island/index.ts'

/** Time between a kill and the restart, and between restart and the next kill, in milliseconds. */
const DOWN = [500, 2500] as const
const UP = [1500, 4000] as const

export class Nodes {
  kills = 0
  readonly #folder: StudyFolder
  readonly #tokens: ServerTokens
  readonly #running: NatsServer[] = []

  private constructor(folder: StudyFolder, tokens: ServerTokens) {
    this.#folder = folder
    this.#tokens = tokens
  }

  static async start(folder: StudyFolder): Promise<Nodes> {
    const nodes = new Nodes(folder, await serverTokens(folder.served))
    const all = await Promise.all(nodes.#nodes().map((node, index) => nodes.#start(node, index)))
    nodes.#running.push(...all)
    return nodes
  }

  /** Kills a random node and starts it again, over and over, until the signal aborts. */
  async killAgainAndAgain(random: RandomStream, signal: AbortSignal): Promise<void> {
    const between = ([low, high]: readonly [number, number]) => random.range(low, high)
    while (!signal.aborted) {
      await wait(between(UP))
      if (signal.aborted) return
      const index = random.below(this.#running.length)
      await this.#running[index]?.kill()
      this.kills++
      await wait(between(DOWN))
      const node = this.#nodes()[index]
      if (node) this.#running[index] = await this.#start(node, index)
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((node) => node.kill()))
  }

  #nodes(): readonly ClusterNode[] {
    return this.#folder.state.cluster?.nodes ?? []
  }

  #start(node: ClusterNode, index: number): Promise<NatsServer> {
    const dir = this.#folder.path(`node-${index + 1}`)
    return startNats({
      dir,
      port: node.ports.client,
      config: serverConfig({
        name: `node-${index + 1}`,
        tokens: this.#tokens,
        tokenFolder: join(dir, 'tokens'),
        webSocket: { host: '127.0.0.1', port: node.ports.webSocket },
        cluster: clusterPlace(this.#folder.state, node),
      }),
    })
  }
}
