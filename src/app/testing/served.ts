/** Answers to requests for single files, in the place of the site's. */

/** Gives what the page gets; `ask` asks the site. */
type Answer = (ask: () => Promise<Response>) => Response | Promise<Response>

const answers = new Map<string, Answer>()
const original = globalThis.fetch

/** Has `fetch` look here first. */
export function installServed(): void {
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href)
    const answer = [...answers].find(([path]) => pathname.endsWith(path))?.[1]
    const ask = () => original(input, init)
    return answer ? answer(ask) : ask()
  }
}

/** From now on the file whose address ends with `path` is these bytes, this text or this JSON. */
export function serve(path: string, content: string | object): void {
  answers.set(path, () =>
    typeof content === 'string' ? new Response(content) : Response.json(content),
  )
}

/** From now on the file whose address ends with `path` is missing. */
export function serveMissing(path: string): void {
  answers.set(path, () => new Response('not found', { status: 404 }))
}

/** From now on files whose address ends with `path` come no sooner than the result was called. */
export function holdBack(path: string): () => void {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  answers.set(path, (ask) => released.then(ask))
  return release
}

/** From now on the site answers itself, for one path or for all. */
export function serveAsBefore(path?: string): void {
  if (path === undefined) answers.clear()
  else answers.delete(path)
}
