import { expect, it } from 'vitest'
import { replay } from '../../island/index.ts'
import recorded from './recordings.json' with { type: 'json' }
import { RECORDED_SEEDS, recordingsOf } from './recordings.ts'

it.each(Object.entries(recorded.stages))('replays the recorded episodes of %s', (stage, kept) => {
  const endings = recordingsOf(stage).map((episode) => replay(episode).ending)
  expect(endings).toEqual(kept.map(({ ending }) => ending))
  expect(kept.map(({ seed }) => seed)).toEqual(RECORDED_SEEDS)
})

it('is small enough to ship with the page', () => {
  expect(JSON.stringify(recorded).length).toBeLessThan(8_000)
})
