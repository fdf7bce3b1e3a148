/** `study prepare`: plays the clips of a study, and draws its pairs. */
import type { Clip } from '../../alignment/labels/index.ts'
import { createLabellingHost } from '../../lab/labelling/host.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import {
  clipRangesOf,
  episodeSeed,
  isPrepared,
  type PreparedStudy,
  prepareStudy,
  type Study,
} from '../../study/index.ts'
import { oneSentence, UsageError } from '../errors.ts'
import { readModelFile } from '../evaluate.ts'
import { startProgress } from '../progress.ts'
import { findAgents } from './agents.ts'
import { readStudyFile, withPath, writeStudyFile } from './files.ts'
import { summaryOf } from './new.ts'

export interface PrepareOptions {
  /** Folder of the agents' model files. */
  readonly models: string
  readonly output?: string
}

export async function prepareStudyFile(path: string, options: PrepareOptions): Promise<void> {
  const study = await readStudyFile(path)
  if (isPrepared(study)) {
    throw new UsageError(
      `${path} has its clips and pairs already: to have others played, delete its "material" and give it a new "id"`,
    )
  }
  const prepared = await playStudy(path, study, options)
  const output = options.output ?? path
  await writeStudyFile(output, prepared)
  process.stdout.write(`Wrote ${output}: ${summaryOf(prepared)}\n`)
}

/** Plays the clips of a study as the Study page does, from the same seeds, and draws its pairs. */
export async function playStudy(
  path: string,
  study: Study,
  { models }: Pick<PrepareOptions, 'models'>,
): Promise<PreparedStudy> {
  const agents = await findAgents(study, models)
  const device = await createNativeDevice()
  const progress = startProgress('Playing clips', agents.length * study.design.clipsPerAgent)
  const host = createLabellingHost({
    openDevice: async () => device,
    fetchModel: async (source) => {
      if (source.kind === 'bytes') return source
      throw new Error('The command line opens models by their bytes')
    },
  })
  try {
    const clips: Clip[][] = []
    for (const { file, digest } of agents) {
      const own: Clip[] = []
      await host.open({ model: { kind: 'bytes', bytes: await readModelFile(file) }, digest })
      for (const range of clipRangesOf(study)) {
        own.push(
          ...(await host.play({ ...range, seed: episodeSeed(study), island: study.island?.map })),
        )
        progress.update(clips.flat().length + own.length)
      }
      clips.push(own)
    }
    return withPath(path, () => prepareStudy(study, clips))
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(`The clips of ${path} cannot be played: ${oneSentence(error)}`)
  } finally {
    progress.stop()
    await device.close()
  }
}
