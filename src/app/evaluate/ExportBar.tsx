import { Button } from '@mantine/core'
import { saveFile } from '../save-file.ts'
import { type Evaluation, evaluatedIslands, useEvaluate } from '../stores/evaluate.ts'
import { evaluationLink } from '../stores/evaluate-settings.ts'
import { DownloadIcon, LinkIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { useCopiedLink } from '../ui/use-copied-link.ts'
import { evaluationJson, evaluationsCsv } from './exports.ts'

/** Exports the evaluation as files, and as a link that reruns it. */
export function ExportBar({ evaluation }: { readonly evaluation: Evaluation }) {
  const { copied, copy } = useCopiedLink('evaluation', useEvaluate.setState)
  const link = evaluationLink(evaluation.settings)
  const ownLink = evaluationLink({ ...evaluation.settings, islands: 'one' })
  const name = `jumppad-evaluation-${evaluation.begunAt.slice(0, 16).replace(/[T:]/g, '-')}`
  return (
    <section className={kit.row} aria-label="Export">
      <Button
        variant="default"
        size="xs"
        leftSection={<LinkIcon size={15} />}
        onClick={() => void copy(link)}
      >
        {copied ? 'Copied' : 'Copy link'}
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={<DownloadIcon size={15} />}
        onClick={() =>
          saveFile(
            new Blob([evaluationsCsv(evaluatedIslands(useEvaluate.getState()))], {
              type: 'text/csv',
            }),
            `${name}.csv`,
          )
        }
      >
        Episodes as CSV
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={<DownloadIcon size={15} />}
        onClick={() =>
          saveFile(
            new Blob([evaluationJson(evaluation, ownLink)], { type: 'application/json' }),
            `${name}.json`,
          )
        }
      >
        All as JSON
      </Button>
    </section>
  )
}
