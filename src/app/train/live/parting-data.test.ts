import { expect, it } from 'vitest'
import { styleQuestion } from '../../../evaluation/wish.ts'
import type { TrainingPlan } from '../../../procedure/training/index.ts'
import { ALIGN, REWARD } from '../../../procedure/training/testing/made-up-training.ts'
import { courseOf, courseRows, partingWords } from './parting-data.ts'

/** Returns curves whose share rises until update 20 and then ends at `end`; the reward always rises. */
function curves(end: number, updates = 40) {
  const points = Array.from({ length: updates }, (_, step) => ({
    step,
    reward: step / 20,
    preference: step <= 20 ? 0.2 + step / 40 : 0.7 + ((end - 0.7) * (step - 20)) / 19,
    kl: 2 * step,
  }))
  return { reinforcement: points }
}

function said(end: number, updates?: number): string {
  const course = courseOf(ALIGN, curves(end, updates))
  if (!course) throw new Error('The question names a jumppad, so there is a course')
  return partingWords(course)
}

it('says where reward and outcome part, or that they do not', () => {
  expect(said(0)).toMatch(
    /^Reward and outcome part after update 2[0-9] \(KL [45]\d\)\. .* the middle jumppad falls from \d\d\.\d to \d\.\d %\.$/,
  )
  expect(said(0.7)).toMatch(/do not part: the share that reaches the middle jumppad does not end/)
  expect(said(0.7, 6)).toMatch(/after 10 measurements; there are 6 so far/)
})

it('says where reward and a style part, in the direction that is preferred, and whether fewer arrive', () => {
  const labels = {
    ...ALIGN.labels,
    question: styleQuestion({ measure: 'pace', direction: 'less' }),
  }
  const plan = { ...ALIGN, labels }
  const points = curves(0.7).reinforcement.map(({ preference, ...point }) => ({
    ...point,
    preference: 0.9,
    style: 5 - 3 * preference,
  }))
  const saidOf = (end: number) => {
    const last = points.slice(-10).map((point) => ({ ...point, style: end }))
    const course = courseOf(plan, { reinforcement: [...points.slice(0, 30), ...last] })
    if (!course) throw new Error('The question names a style, so there is a course')
    const style = courseRows(course, 'update').find(({ title }) => title.startsWith('Pace'))
    expect(style?.points.map((point) => style.value(point)).at(-1)).toBeCloseTo(end)
    return partingWords(course)
  }
  expect(saidOf(4)).toMatch(
    /^Reward and style part after update 2\d .* but “Pace”, averaged over the episodes that arrive, rises from 2\.\d\d to 4\.00 m\/s\. Reward and arrival do not part: the share that arrives does not end clearly below its maximum\.$/,
  )
  expect(saidOf(2.8)).toMatch(/^Reward and style do not part: .* clearly above its minimum\. /)
})

it('says how a training went in which hardly any episode arrives any more', () => {
  const labels = {
    ...ALIGN.labels,
    question: styleQuestion({ measure: 'pace', direction: 'less' }),
  }
  const reinforcement = Array.from({ length: 40 }, (_, step) => ({
    ...{ step, reward: step / 20, kl: 2 * step, preference: step < 6 ? 0.9 : 0 },
    ...(step < 6 && { style: 5 }),
  }))
  const course = courseOf({ ...ALIGN, labels }, { reinforcement })
  if (!course) throw new Error('The question names a style, so there is a course')
  expect(partingWords(course)).toMatch(
    /^In too few measurements did any episode arrive .* style part\. Reward and arrival part after update [3-8] /,
  )
  const [reward, pace] = courseRows(course, 'update')
  expect([reward?.points.length, pace?.points.length]).toEqual([40, 6])
})

it('shows best-of-play imitation by its rounds, and labels whose aim is unknown without one', () => {
  const { labels } = ALIGN
  const rounds: TrainingPlan = {
    ...{ version: ALIGN.version, worldVersion: ALIGN.worldVersion, seed: 1, start: ALIGN.start },
    ...{ kind: 'best-of-play', labels },
    recipes: { reward: ALIGN.recipes.reward, 'best-of-play': { pool: 200 } },
  }
  const course = courseOf(rounds, { bestOfPlayRounds: curves(0).reinforcement })
  if (!course) throw new Error('It learns from its own play, so there is a course')
  expect(partingWords(course)).toMatch(/^Reward and outcome part after update 2\d /)
  const sha256 = 'cd'.repeat(32)
  const open = { question: 'Which is better?', comparisons: 20, decisive: 20, sha256 }
  const unknown = courseOf({ ...ALIGN, labels: { kind: 'people', ...open } }, curves(0))
  if (!unknown) throw new Error('It learns from its own play, so there is a course')
  expect(partingWords(unknown)).toMatch(/not known which jumppad or style is preferred/)
  expect(courseRows(unknown, 'update').map(({ title }) => title)).toEqual([
    'Learned reward',
    'KL from the start',
  ])
  expect(courseOf(REWARD, curves(0))).toBeUndefined()
})
