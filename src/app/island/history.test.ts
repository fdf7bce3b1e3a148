import { expect, it } from 'vitest'
import { HOME_MAP } from '../../island/index.ts'
import type { IslandFile } from '../../procedure/island-file.ts'
import { edited, type History, historyOf, redone, undone } from './history.ts'

const named = (title: string): IslandFile => ({ title, about: '', map: HOME_MAP })
const start = historyOf(named('start'))

/** Returns the history after edits, each a title and the run that it belongs to. */
function after(...edits: readonly (readonly [title: string, run?: string])[]): History {
  return edits.reduce((history, [title, run]) => edited(history, named(title), run), start)
}

const past = (history: History) => history.past.map(({ title }) => title)

it('makes one step of a run of edits, and one of each edit outside a run', () => {
  expect(past(after(['1', 'x'], ['12', 'x'], ['12.5', 'x']))).toEqual(['start'])
  expect(past(after(['a'], ['b']))).toEqual(['start', 'a'])
})

it('begins a step with another run, and with any edit in between', () => {
  expect(past(after(['1', 'x'], ['2', 'z'], ['3', 'x']))).toEqual(['start', '1', '2'])
  expect(past(after(['1', 'x'], ['2'], ['3', 'x']))).toEqual(['start', '1', '2'])
})

it('begins a step when a run was ended, undone or done again', () => {
  const typed = after(['1', 'x'], ['12', 'x'])
  expect(past(edited({ ...typed, run: undefined }, named('13'), 'x'))).toEqual(['start', '12'])
  const back = undone(typed) ?? start
  expect(back.island.title).toBe('start')
  expect(past(edited(back, named('2'), 'x'))).toEqual(['start'])
  const again = redone(back) ?? start
  expect(again.island.title).toBe('12')
  expect(past(edited(again, named('13'), 'x'))).toEqual(['start', '12'])
})

it('forgets what was undone with the next edit, and has no step beyond its ends', () => {
  expect(undone(start)).toBeUndefined()
  const back = undone(after(['1'])) ?? start
  expect(back.future.map(({ title }) => title)).toEqual(['1'])
  expect(redone(edited(back, named('2')))).toBeUndefined()
})

it('keeps the last 200 steps, of which a run is one however long it is', () => {
  const single = Array.from({ length: 250 }, (_, i) => [`${i}`] as const)
  expect(past(after(...single))).toHaveLength(200)
  const held = Array.from({ length: 250 }, (_, i) => [`${i}`, 'arrows'] as const)
  expect(past(after(...held))).toEqual(['start'])
})
