/** `study cluster`: configuration files of servers that store a study together. */
import { randomBytes } from 'node:crypto'
import { InvalidArgumentError } from 'commander'
import { serverTokens } from '../../collector/identities.ts'
import { UsageError } from '../errors.ts'
import { writeWhole } from './files.ts'
import type { ClusterNode, FolderState, StudyFolder } from './folder.ts'
import { openFolder, type ServeOptions } from './serve.ts'
import { type ClusterPlace, serverConfig } from './server-config.ts'

/** Port of a server for clients; those for browsers and for the other servers are the next two. */
const USUAL_PORT = 4222

export interface ClusterOptions extends Pick<ServeOptions, 'dir' | 'models'> {
  readonly nodes: readonly ClusterNode[]
}

/** Parses a list of hosts, each with a port if it is not the usual one. */
export function readNodes(text: string): ClusterNode[] {
  const nodes = text.split(',').map((each) => {
    const [, host, port = String(USUAL_PORT)] = /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(each) ?? []
    const client = Number(port)
    if (host === undefined || client < 1 || client + 2 > 65_535) {
      throw new InvalidArgumentError('Expected host:port,host:port,host:port.')
    }
    return { host, ports: { client, webSocket: client + 1, cluster: client + 2 } }
  })
  if (nodes.length < 3) throw new InvalidArgumentError('Expected three servers or more.')
  return nodes
}

export async function writeCluster(file: string, options: ClusterOptions): Promise<void> {
  const folder = await openFolder(file, options)
  if (folder.state.cluster) {
    throw new UsageError(
      `${folder.dir} has the configuration of its servers already: use node-1.conf and the others in it`,
    )
  }
  await folder.change(() => ({
    cluster: { secret: randomBytes(24).toString('hex'), nodes: [...options.nodes] },
  }))
  const paths = await writeConfigs(folder)
  const all = paths.map((path, index) => {
    const { host, ports } = options.nodes[index] ?? {}
    return `  ${host}: nats-server -c ${path}   (ports ${ports?.client}, ${ports?.webSocket}, ${ports?.cluster})`
  })
  process.stdout.write(
    `Wrote the configuration of ${paths.length} servers. Copy each file to its machine, and start there:\n${all.join('\n')}\nThen: npm run lab -- study serve ${file}\n`,
  )
}

/** Writes the configuration of each server of a study's cluster, and returns the paths. */
async function writeConfigs(folder: StudyFolder): Promise<string[]> {
  const { cluster } = folder.state
  const tokens = await serverTokens(folder.served)
  const paths: string[] = []
  for (const [index, node] of (cluster?.nodes ?? []).entries()) {
    const name = `node-${index + 1}`
    const path = folder.path(`${name}.conf`)
    const lines = [
      'host: 0.0.0.0',
      `port: ${node.ports.client}`,
      `jetstream { store_dir: "${name}/jetstream" }`,
      serverConfig({
        name,
        tokens,
        tokenFolder: `${name}/tokens`,
        webSocket: { host: '0.0.0.0', port: node.ports.webSocket },
        cluster: clusterPlace(folder.state, node),
      }),
    ]
    await writeWhole(path, `${lines.join('\n')}\n`, 0o600)
    paths.push(path)
  }
  return paths
}

/** Returns the place of a server in the cluster of a study. */
export function clusterPlace({ study, cluster }: FolderState, node: ClusterNode): ClusterPlace {
  if (cluster === undefined) throw new Error('The study has no cluster')
  return {
    name: `study-${study.id}`,
    listen: { host: '0.0.0.0', port: node.ports.cluster },
    routes: cluster.nodes.map(({ host, ports }) => `${host}:${ports.cluster}`),
    secret: cluster.secret,
  }
}
