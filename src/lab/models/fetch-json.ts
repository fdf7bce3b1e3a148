/** Fetches JSON that ships beside the page, and says in a sentence what is amiss. */

export interface Wanted {
  /** What it is: "list of models". */
  readonly name: string
  /** What to do where the site has none. */
  readonly remedy: string
}

/** Parsed JSON from `address`. Throws an Error with a sentence where there is none. */
export async function fetchJson(address: string, { name, remedy }: Wanted): Promise<unknown> {
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
