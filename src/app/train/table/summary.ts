/** Summary numbers of runs and groups. */
import { isStyleWish, type Wish } from '../../../evaluation/wish.ts'
import { PARTS, partsOf, wishOf } from '../../../procedure/training/index.ts'
import type { Run } from '../../../storage/run-record.ts'
import type { RunGroup } from './groups.ts'
import { rangeOf, type Spread } from './spread.ts'

/** Number that summarises a run. */
export interface RunNumber {
  readonly name: string
  readonly unit: string
  /** Digits after the decimal point. */
  readonly digits: number
  /** First value, where the change matters. */
  readonly before: number | undefined
  readonly value: number
}

/** Number that summarises the finished runs of a group. */
export interface GroupNumber extends Pick<RunNumber, 'name' | 'unit' | 'digits'> {
  readonly spread: Spread
}

/** Returns the summary of a run, the most important number first: those of its last part that has any. */
export function numbersOf(run: Run): RunNumber[] {
  const found = partsOf(run.plan)
    .map((part) => numbersOfPart(part, run))
    .findLast(({ length }) => length > 0)
  return [...(found ?? []), ...heldOut(run)]
}

function numbersOfPart(part: keyof typeof PARTS, { curves, plan }: Run): RunNumber[] {
  const wish = wishOf(plan)
  return PARTS[part].summary.flatMap((number) => {
    const { curve, metric, needs, unit = '', digits, scale = 1, change = false } = number
    const points = curves[curve] ?? []
    const [before, value] = [points[0]?.[metric], points.at(-1)?.[metric]]
    if (before === undefined || value === undefined || (change && points.length < 2)) return []
    if (needs !== undefined && wish === undefined) return []
    const name = needs === undefined ? number.name : nameOfShare(wish)
    const first = change ? scale * before : undefined
    return [{ name, unit, digits, value: scale * value, before: first }]
  })
}

/** Returns the name of the share of episodes that a wish is about. */
function nameOfShare(wish: Wish | undefined): string {
  return wish === undefined || isStyleWish(wish) ? 'arrived' : wish
}

function heldOut({ result }: Run): RunNumber[] {
  const held = result?.heldOut
  if (!held || held.comparisons === 0) return []
  return [
    {
      ...{ name: '', unit: ' % correct', digits: 0, before: undefined },
      value: 100 * held.accuracy,
    },
  ]
}

/** Returns the median and the range of each number that all counted runs of a group have. */
export function numbersOfGroup({ counted }: RunGroup): GroupNumber[] {
  const all = counted.map(numbersOf)
  return (all[0] ?? []).flatMap(({ name, unit, digits }) => {
    const values = all.flatMap(
      (numbers) => numbers.find((each) => each.name === name && each.unit === unit)?.value ?? [],
    )
    const spread = values.length === all.length ? rangeOf(values) : undefined
    return spread ? [{ name, unit, digits, spread }] : []
  })
}

/** Returns a number in words: `reward 0.2 → 3.1`, `91 % correct`. */
export function runNumberWords({ name, unit, digits, before, value }: RunNumber): string {
  const change = before === undefined ? '' : `${before.toFixed(digits)} → `
  return `${name} ${change}${value.toFixed(digits)}${unit}`.trim()
}

/** Returns a median with its range in words: `reward 3.1 (2.8–3.3)`. */
export function groupNumberWords({ name, unit, digits, spread }: GroupNumber): string {
  const [median, low, high] = [spread.median, spread.low, spread.high].map((value) =>
    value.toFixed(digits),
  )
  return `${name} ${median}${unit} (${low}–${high})`.trim()
}
