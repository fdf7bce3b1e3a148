/** Training data of a run as JSON, for the browser's database and for downloads. */
import { z } from 'zod'
import { clipSchema } from '../alignment/labels/index.ts'
import type { TrainingData } from '../procedure/training/job.ts'
import { clipFromText, clipToText } from './archive/clip-text.ts'
import { firstProblem } from './same.ts'

/** Version with soft verdicts; in version 1, every verdict is 0, 0.5 or 1. */
const SOFT_VERSION = 2

const fileSchema = z.strictObject({
  version: z.int().min(1).max(SOFT_VERSION),
  clips: z.array(z.unknown()),
  comparisons: z.array(
    z.strictObject({
      first: z.int().nonnegative(),
      second: z.int().nonnegative(),
      verdict: z.number().min(0).max(1),
    }),
  ),
})

/**
 * Returns the training data as plain JSON values. Data without soft verdicts is still of version 1, as its
 * digest is part of the identity of runs.
 */
export function plainRunData({ clips, comparisons }: TrainingData): unknown {
  const soft = comparisons.some(({ verdict }) => ![0, 0.5, 1].includes(verdict))
  return { version: soft ? SOFT_VERSION : 1, clips: clips.map(clipToText), comparisons }
}

export function encodeRunData(data: TrainingData): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(plainRunData(data)))
}

/** Decodes the training data of a run. Throws an Error with a one-sentence message if it is invalid. */
export function decodeRunData(bytes: Uint8Array): TrainingData {
  const file = fileSchema.safeParse(parsed(bytes))
  if (!file.success) return damaged(firstProblem(file.error))
  const clips = file.data.clips.map((text, index) => {
    const clip = clipSchema.safeParse(clipFromText(text, `Clip ${index}`))
    return clip.success ? clip.data : damaged(`clip ${index} ${firstProblem(clip.error)}`)
  })
  const { comparisons } = file.data
  const stray = comparisons.find(({ first, second }) => Math.max(first, second) >= clips.length)
  if (stray) return damaged(`a comparison refers to a clip that is not among the ${clips.length}`)
  return { clips, comparisons }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function damaged(what: string): never {
  throw new Error(
    `The training data of this run cannot be read (${what}): start a new run from the labels or clips.`,
  )
}
