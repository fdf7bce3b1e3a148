/** Returns a name that is not taken: a second “Aligned” becomes “Aligned (2)”. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`
  return free
}
