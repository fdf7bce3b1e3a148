/** Configuration of the nats-servers of a collector. */
import type { ServerTokens } from '../../collector/identities.ts'

/** Address that a server listens on; port −1 stands for any free one. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** Place of a server in a cluster. */
export interface ClusterPlace {
  readonly name: string
  /** Address on which the other servers reach this one. */
  readonly listen: ListenAddress
  /** Addresses of all servers, this one included, as `host:port`. */
  readonly routes: readonly string[]
  /** Password by which the servers know each other. */
  readonly secret: string
}

export interface ServerConfig {
  readonly name: string
  readonly tokens: ServerTokens
  /** Folder in which the server keeps the accounts' tokens, which change when somebody is revoked. */
  readonly tokenFolder: string
  readonly webSocket: ListenAddress
  readonly cluster?: ClusterPlace
}

/**
 * Returns the lines of a server's configuration besides its own address and its storage. The WebSocket
 * is not encrypted: a proxy in front of it has the certificate.
 */
export function serverConfig(config: ServerConfig): string {
  const { name, tokens, tokenFolder, webSocket, cluster } = config
  const { operator, accounts, system } = tokens
  return [
    `server_name: ${text(name)}`,
    `operator: ${operator}`,
    `system_account: ${system.publicKey}`,
    // This kind of resolver accepts a new token while it runs, and passes it on to the other servers.
    // A lookup of an unknown account fails in any case, so it need not take long.
    `resolver: { type: full, dir: ${text(tokenFolder)}, allow_delete: false, interval: "1m", timeout: "500ms" }`,
    'resolver_preload: {',
    ...[system, ...accounts].map(({ publicKey, jwt }) => `  ${publicKey}: ${jwt}`),
    '}',
    `websocket: { host: ${text(webSocket.host)}, port: ${webSocket.port}, no_tls: true }`,
    ...(cluster ? clusterLines(cluster) : []),
  ].join('\n')
}

function clusterLines({ name, listen, routes, secret }: ClusterPlace): string[] {
  return [
    'cluster: {',
    `  name: ${text(name)}`,
    `  listen: ${text(`${listen.host}:${listen.port}`)}`,
    `  authorization: { user: node, password: ${text(secret)}, timeout: 2 }`,
    `  routes: [${routes.map((route) => text(`nats-route://node:${secret}@${route}`)).join(', ')}]`,
    '}',
  ]
}

/** Returns a text as the configuration's format quotes it, which understands JSON's escapes of these. */
function text(value: string): string {
  return JSON.stringify(value)
}
