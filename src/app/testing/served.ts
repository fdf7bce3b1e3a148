/** Fake responses for single files of the site. */

/** Returns the response that the page gets; `ask` requests the site's own. */
type Answer = (ask: () => Promise<Response>) => Response | Promise<Response>

const answers = new Map<string, Answer>()
const original = globalThis.fetch

/** Replaces `fetch` by one that looks here first. */
export function installServed(): void {
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href)
    const answer = [...answers].find(([path]) => pathname.endsWith(path))?.[1]
    const ask = () => original(input, init)
    return answer ? answer(ask) : ask()
  }
}

/** Serves this text, or this object as JSON, for files whose URL path ends with `path`. */
export function serve(path: string, content: string | object, headers: HeadersInit = {}): void {
  answers.set(path, () =>
    typeof content === 'string'
      ? new Response(content, { headers })
      : Response.json(content, { headers }),
  )
}

/** Serves status 404 for files whose URL path ends with `path`. */
export function serveMissing(path: string): void {
  answers.set(path, () => new Response('not found', { status: 404 }))
}

/** Makes requests for files whose URL path ends with `path` fail, as without a network. */
export function serveNothing(path: string): void {
  answers.set(path, () => Promise.reject(new TypeError('Failed to fetch')))
}

interface HeldBack {
  /** Resolves when a file is first requested. */
  readonly requested: Promise<void>
  /** Lets the files come. */
  release(): void
}

/** Delays files whose URL path ends with `path` until they are released. */
export function holdBack(path: string): HeldBack {
  const requested = settleable()
  const released = settleable()
  answers.set(path, (ask) => {
    requested.resolve()
    return released.promise.then(ask)
  })
  return { requested: requested.promise, release: released.resolve }
}

function settleable() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** Removes the fake responses for one path, or all of them. */
export function serveAsBefore(path?: string): void {
  if (path === undefined) answers.clear()
  else answers.delete(path)
}
