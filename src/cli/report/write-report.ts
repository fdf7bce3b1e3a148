/** Generator of `docs/results.md` and its figures, from `models/results.json` alone. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Results } from '../../procedure/index.ts'
import { PAPER } from './paper.ts'
import { drawPicture } from './picture.ts'
import { markdown, type Section } from './section.ts'
import { ablationsSection } from './sections/ablations.ts'
import { alignedSection } from './sections/aligned.ts'
import { costSection } from './sections/cost.ts'
import { islandsSection } from './sections/islands.ts'
import { methodsSection } from './sections/methods.ts'
import { recoverySection } from './sections/recovery.ts'
import { reinforcementSection } from './sections/reinforcement.ts'
import { labelsSection, rewardModelsSection } from './sections/reward-models.ts'
import { rewardRunsSection } from './sections/reward-runs.ts'
import { stagesSection, trajectoriesSection } from './sections/stages.ts'
import { varietyPretrainingSection, varietySection } from './sections/variety.ts'
import { wishesSection } from './sections/wishes.ts'

const SECTIONS: readonly ((results: Results) => Section)[] = [
  stagesSection,
  trajectoriesSection,
  labelsSection,
  rewardModelsSection,
  rewardRunsSection,
  reinforcementSection,
  alignedSection,
  methodsSection,
  recoverySection,
  ablationsSection,
  islandsSection,
  varietySection,
  varietyPretrainingSection,
  wishesSection,
  costSection,
]

const COMMAND = 'npm run lab -- report'
const PICTURES = 'results'

/**
 * Writes `results.md` and a folder `results` of SVG figures into `folder`, and removes SVG files
 * left by an earlier report. Throws if an episode in the results does not replay as recorded.
 */
export async function writeReport(results: Results, folder: string): Promise<void> {
  const sections = SECTIONS.map((section) => section(results))
  const pictures = sections.flatMap(({ body }) => body).filter((part) => typeof part !== 'string')
  // Render before writing anything, so that a failure leaves the earlier report intact.
  const files = await Promise.all(
    pictures.map(async (picture) => ({ name: picture.file, svg: await drawPicture(picture) })),
  )
  const beside = join(folder, PICTURES)
  await mkdir(beside, { recursive: true })
  const earlier = (await readdir(beside)).filter((name) => name.endsWith('.svg'))
  for (const name of earlier) await rm(join(beside, name))
  for (const { name, svg } of files) await writeFile(join(beside, name), `${svg}\n`)
  await writeFile(
    join(folder, 'results.md'),
    `${opening(results)}\n\n${markdown(sections, PICTURES)}\n`,
  )
}

function opening({ size, worldVersion, machine }: Results): string {
  return [
    '# Results',
    `Generated from \`models/results.json\` by \`${COMMAND}\`: do not edit by hand.`,
    `Networks of size \`${size}\`, world version ${worldVersion}, on ${machine}, compared with _Aligning Agents like Large Language Models_ (Jelley et al., ${PAPER}).`,
  ].join('\n\n')
}
