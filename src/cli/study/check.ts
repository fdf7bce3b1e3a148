/** `study check`: says whether a study file can be used. */
import { clipsOfStudy, isPrepared, secondsPerPair, studySize } from '../../study/index.ts'
import { findAgents } from './agents.ts'
import { readStudyFile, withPath } from './files.ts'
import { summaryOf } from './new.ts'

export async function checkStudyFile(
  path: string,
  { models }: { readonly models: string },
): Promise<void> {
  const study = await readStudyFile(path)
  if (!isPrepared(study)) {
    await findAgents(study, models)
    process.stdout.write(
      `${path} is valid: ${summaryOf(study)}; its clips have not been played yet\n`,
    )
    return
  }
  const clips = withPath(path, () => clipsOfStudy(study))
  const minutes = (studySize(study).shown * secondsPerPair(study)) / 60
  process.stdout.write(
    `${path} is valid: ${summaryOf(study)}, from ${clips.size} clips, which play for ${minutes.toFixed(0)} minutes per labeller\n`,
  )
}
