import { useDeferredValue, useMemo, useState } from 'react'
import { version } from '../../../../package.json'
import {
  STUDY_FILE_FORMATS,
  type StudyExport,
  type StudyFileFormat,
} from '../../../storage/study-files/index.ts'
import { saveFile } from '../../save-file.ts'
import { problemOf } from '../../sentences.ts'
import { DownloadIcon } from '../../ui/icons.tsx'
import kit from '../../ui/kit.module.css'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { tell, tellProblem } from '../store.ts'
import classes from './Results.module.css'

/** Everything that an export is made from but for when and by which release. */
type Exported = Omit<StudyExport, 'createdAt' | 'app'>

const CONTENTS = [
  { content: 'result', title: 'One answer for each pair' },
  { content: 'labels', title: 'Everybody’s labels' },
] as const

/** Files of the result and of everybody's labels. */
export function Exports({ exported }: { readonly exported: Exported }) {
  const [saving, setSaving] = useState<string>()
  const save = (format: StudyFileFormat) => {
    if (saving !== undefined) return
    setSaving(format.id)
    void saveAs(format, exported).finally(() => setSaving(undefined))
  }
  return (
    <section className={kit.card} aria-labelledby="exports-title">
      <h2 className={kit.cardTitle} id="exports-title">
        Files
      </h2>
      {CONTENTS.map(({ content, title }) => (
        <div key={content} className={kit.stack} data-tight>
          <h3 className={kit.label}>{title}</h3>
          <ul className={classes.formats}>
            {STUDY_FILE_FORMATS.filter((format) => format.content === content).map((format) => (
              <li key={format.id}>
                <SteadyButton
                  fullWidth
                  justify="flex-start"
                  leftSection={<DownloadIcon size={15} />}
                  aria-label={`${title}: ${format.name}`}
                  isReady={saving === undefined}
                  onClick={() => save(format)}
                >
                  {saving === format.id ? 'Saving…' : format.name}
                </SteadyButton>
                <Size format={format} exported={exported} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className={kit.small}>
        Labels of labellers who withdrew are in none of these files; those of excluded labellers are
        among everybody’s labels only.
      </p>
    </section>
  )
}

interface SizeProps {
  readonly format: StudyFileFormat
  readonly exported: Exported
}

/** Size of a file that may be surprising. */
function Size({ format, exported }: SizeProps) {
  const deferred = useDeferredValue(exported)
  const bytes = useMemo(() => format.size?.(written(deferred)), [format, deferred])
  if (bytes === undefined) return null
  return <span className={kit.small}>about {(bytes / 1e6).toFixed(1)} MB</span>
}

function written(exported: Exported): StudyExport {
  return { ...exported, createdAt: new Date().toISOString(), app: version }
}

/** Encodes a file and hands it to the browser, which draws between two parts of it. */
async function saveAs(format: StudyFileFormat, exported: Exported): Promise<void> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  try {
    for await (const part of format.encode(written(exported))) {
      parts.push(new Uint8Array(part))
      await new Promise((drawn) => setTimeout(drawn))
    }
    const { id } = exported.log.study
    const name = `study-${id.slice(0, 8)}-${format.content}.${format.ending}`
    saveFile(new Blob(parts, { type: format.type }), name)
    tell(`${name} is saved.`)
  } catch (error) {
    tellProblem(problemOf(error))
  }
}
