import { access, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { MAIN_LINE, type ManifestEntry, type Results } from '../../procedure/index.ts'
import { oneSentence } from '../errors.ts'
import { isMissing, replaceFile } from '../folder-store.ts'
import { changeResults, readResultsFile, resultsPath } from '../results-file.ts'
import { enterInManifest } from '../write-model.ts'

/** Model produced by the pipeline, and the file name under which it ships. */
export interface Shipped {
  readonly from: string
  readonly entry: ManifestEntry
  readonly file: string
}

/** Parts of the results that experiments add. */
type Experiment = {
  [Part in keyof Results]-?: Partial<Pick<Results, Part>> extends Pick<Results, Part> ? Part : never
}[keyof Results]

/** Command that adds each of these parts. */
const COMMANDS: Readonly<Record<Experiment, string>> = {
  ablations: 'ablations',
  methods: 'methods',
  islands: 'islands',
  wishes: 'wishes',
  variety: 'variety',
  rewardRuns: 'sweep',
}

/**
 * Copies the models, their manifest entries and the main line's results into a folder: `models/`, or
 * another one in a trial run. What experiments have added to the results in the folder is kept.
 */
export async function publish(
  folder: string,
  models: readonly Shipped[],
  results: Results,
): Promise<void> {
  for (const { from, entry, file } of models) {
    await replaceFile(join(folder, file), await readFile(from))
    await enterInManifest(folder, { ...entry, file })
  }
  await changeResults(folder, async () => {
    const earlier = await earlierResults(folder, results)
    if (earlier === undefined) return results
    sayWhatIsKept(folder, earlier)
    return withExperimentsOf(earlier, results)
  })
}

/**
 * Resolves to the results in a folder whose experiments can be kept; undefined if there are none. Results
 * that are damaged or of another version of the world are set aside.
 */
async function earlierResults(
  folder: string,
  { worldVersion }: Results,
): Promise<Results | undefined> {
  try {
    const earlier = await readResultsFile(folder)
    if (earlier === undefined || earlier.worldVersion === worldVersion) return earlier
    throw new Error(
      `found results of version ${earlier.worldVersion} of the world, expected version ${worldVersion}`,
    )
  } catch (error) {
    const aside = await unusedPath(join(folder, 'results.earlier'), '.json')
    await rename(resultsPath(folder), aside)
    say(
      `The earlier results are now in ${aside}, and their experiments are not in the new ones (${oneSentence(error)}).`,
    )
    return undefined
  }
}

/** Returns a path at which there is no file: with a number from 2 on where there is one without. */
async function unusedPath(start: string, end: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = `${start}${number === 1 ? '' : `-${number}`}${end}`
    const isUnused = await access(path).then(
      () => false,
      (error: unknown) => isMissing(error) || Promise.reject(error),
    )
    if (isUnused) return path
  }
}

/** Returns the results of the main line with everything that experiments have added to earlier ones. */
function withExperimentsOf(earlier: Results, mainLine: Results): Results {
  const commands = Object.values(COMMANDS)
  const times = Object.entries(earlier.wallClock).filter(([name]) =>
    commands.some((command) => name.split(' ')[0] === command),
  )
  const curves = earlier.reinforcement.filter(({ variant }) => variant !== MAIN_LINE)
  return {
    ...earlier,
    ...mainLine,
    reinforcement: [...mainLine.reinforcement, ...curves],
    wallClock: { ...mainLine.wallClock, ...Object.fromEntries(times) },
  }
}

function sayWhatIsKept(folder: string, earlier: Results): void {
  const kept = Object.entries(COMMANDS).flatMap(([part, command]) =>
    part in earlier ? command : [],
  )
  if (kept.length === 0) return
  say(
    `${resultsPath(folder)} keeps the results of ${kept.join(', ')}: if the models have changed, they describe earlier ones until these commands are run again.`,
  )
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
