/** Fetches JSON files that ship with the page. */

export interface JsonResource {
  /** Noun phrase for error messages, such as "list of models". */
  readonly name: string
  /** Advice for a site that has no such file, as a sentence. */
  readonly remedy: string
}

/** Returns the parsed JSON at `address`. Rejects with a sentence where there is none. */
export async function fetchJson(address: string, { name, remedy }: JsonResource): Promise<unknown> {
  const response = await fetch(address).catch(() => undefined)
  if (!response) {
    throw new Error(
      `The ${name} could not be loaded: no answer from ${address}. Check the connection and try again.`,
    )
  }
  if (!response.ok) {
    throw new Error(
      `This site has no ${name}: found status ${response.status} at ${address}. ${remedy}`,
    )
  }
  return JSON.parse(await response.text())
}
