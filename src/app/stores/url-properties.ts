/**
 * Typed properties in the address, each with a default and written only where it differs from that. A
 * value that cannot be parsed yields the default, never an error: people edit addresses by hand.
 */

export interface Property<T> {
  readonly fallback: T
  /** Returns the value of a text; undefined where it is invalid. */
  parse(text: string): T | undefined
  print(value: T): string
}

export function textProperty(fallback: string): Property<string> {
  return { fallback, parse: (text) => (text === '' ? undefined : text), print: (value) => value }
}

export function choiceProperty<T extends string | number>(
  choices: readonly T[],
  fallback: T,
): Property<T> {
  return {
    fallback,
    parse: (text) => choices.find((choice) => String(choice) === text),
    print: String,
  }
}

export function integerProperty(min: number, max: number, fallback: number): Property<number> {
  return {
    fallback,
    parse: (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
      return value >= min && value <= max ? value : undefined
    },
    print: String,
  }
}

/** Values of a table of properties, by name. */
export type Values<P> = { [Name in keyof P]: P[Name] extends Property<infer T> ? T : never }

export type AnyProperties = { readonly [name: string]: Property<string> | Property<number> }

/** Reads every property of the table from the address. */
export function readProperties<P extends AnyProperties>(
  table: P,
  params: URLSearchParams,
): Values<P> {
  const values: Record<string, string | number> = {}
  for (const [name, property] of Object.entries(table)) {
    const text = params.get(name)
    values[name] = (text === null ? undefined : property.parse(text)) ?? property.fallback
  }
  return values as Values<P> // every name of the table was filled by its own property
}

/**
 * Writes `values` into a copy of `params`. Values at their default are left out, except where `outside`, the
 * parameters before the hash, has another.
 */
export function writeProperties<P extends AnyProperties>(
  table: P,
  values: Partial<Values<P>>,
  params: URLSearchParams,
  outside = new URLSearchParams(),
): URLSearchParams {
  const written = new URLSearchParams(params)
  for (const [name, value] of Object.entries(values)) {
    const property = table[name]
    if (!property || value === undefined) continue
    if (value === property.fallback && !outside.has(name)) written.delete(name)
    else written.set(name, String(value))
  }
  return written
}

/** Returns `params` over those before the hash, with which a link need not know the page. */
export function withSearch(params: URLSearchParams): URLSearchParams {
  const merged = paramsBeforeHash()
  for (const [name, value] of params) merged.set(name, value)
  return merged
}

/** Returns the parameters before the hash. */
export function paramsBeforeHash(): URLSearchParams {
  return new URLSearchParams(window.location.search)
}
