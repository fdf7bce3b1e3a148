/** `study export`: writes what a collector has stored to standard output. */
import { version } from '../../../package.json'
import { type Archive, consistentPart, encodeLines, headerOf } from '../../storage/archive/index.ts'
import { clipsOfStudy, presentSittings, type StudyLog } from '../../study/index.ts'
import { StudyFolder } from './folder.ts'
import { readStoredLog, refusalsOf } from './stored.ts'

interface ExportFormat {
  readonly about: string
  encode(log: StudyLog, now: string): Uint8Array
}

/** Formats by the names that `--format` takes. */
const FORMATS = {
  jsonl: {
    about: 'everybody’s labels, sessions and clips, as the Label page exports them',
    encode: (log, now) => encodeLines(archiveOf(log, now)),
  },
} satisfies Record<string, ExportFormat>

export const EXPORT_FORMATS = Object.keys(FORMATS) as (keyof typeof FORMATS)[]

/** Returns a list of the formats for help texts. */
export function describeFormats(): string {
  return EXPORT_FORMATS.map((name) => `${name}: ${FORMATS[name].about}`).join('; ')
}

export async function exportStudy(
  dir: string,
  { format }: { readonly format: keyof typeof FORMATS },
): Promise<void> {
  const folder = await StudyFolder.open(dir)
  const stored = await readStoredLog(folder)
  const left = refusalsOf(stored)
  if (left !== '') process.stderr.write(`Messages left out: ${left}.\n`)
  const bytes = FORMATS[format].encode(stored.log, new Date().toISOString())
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

/** Returns the labels of all sittings that were not withdrawn, each once, with their sessions and clips. */
function archiveOf(log: StudyLog, now: string): Archive {
  const sittings = presentSittings(log)
  const { whole } = consistentPart({
    sessions: sittings.map(({ begun }) => begun.session),
    clips: [...clipsOfStudy(log.study).values()],
    labels: sittings.flatMap((sitting) => sitting.log),
  })
  return { header: headerOf(version, now), ...whole }
}
