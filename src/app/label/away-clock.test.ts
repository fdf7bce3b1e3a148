import { expect, it } from 'vitest'
import { AwayClock } from './away-clock.ts'

it('counts absences once, however they overlap, from the last reset on', () => {
  const clock = new AwayClock()
  expect(clock.until(100)).toBe(0)
  clock.leave('hidden', 100)
  clock.leave('break', 150)
  expect(clock.until(160)).toBe(60)
  clock.comeBack('hidden', 180)
  clock.comeBack('break', 250)
  clock.comeBack('break', 260)
  expect(clock.until(900)).toBe(150)
  clock.reset(1000)
  expect(clock.until(1100)).toBe(0)
  // A pair whose first frame is drawn during a break is looked at after it.
  clock.leave('break', 1200)
  clock.reset(1300)
  clock.comeBack('break', 1500)
  expect(clock.until(1600)).toBe(200)
})
