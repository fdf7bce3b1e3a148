import { Button } from '@mantine/core'
import { useState } from 'react'
import { saveFile } from '../save-file.ts'
import { type Evaluation, useEvaluate } from '../stores/evaluate.ts'
import { evaluationLink } from '../stores/evaluate-settings.ts'
import { DownloadIcon, LinkIcon } from '../ui/icons.tsx'
import classes from './Evaluate.module.css'
import { evaluationCsv, evaluationJson } from './exports.ts'

const SAID_MS = 2_000

/** Exports the evaluation as files, and as a link that plays it again. */
export function ExportBar({ evaluation }: { readonly evaluation: Evaluation }) {
  const [copied, setCopied] = useState(false)
  const link = evaluationLink(evaluation.settings)
  const name = `jumppad-evaluation-${evaluation.begunAt.slice(0, 16).replace(/[T:]/g, '-')}`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
      setTimeout(() => setCopied(false), SAID_MS)
      useEvaluate.setState({ announcement: 'The link to this evaluation is copied.' })
    } catch {
      // Permission denied, or not a secure context: the visitor can copy the link by hand.
      useEvaluate.setState({ notice: `Copy this link to the evaluation: ${link}` })
    }
  }
  return (
    <section className={classes.exports} aria-label="Take it with you">
      <Button
        variant="default"
        size="xs"
        leftSection={<LinkIcon size={15} />}
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : 'Copy a link that plays it again'}
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={<DownloadIcon size={15} />}
        onClick={() =>
          saveFile(new Blob([evaluationCsv(evaluation)], { type: 'text/csv' }), `${name}.csv`)
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
            new Blob([evaluationJson(evaluation, link)], { type: 'application/json' }),
            `${name}.json`,
          )
        }
      >
        All as JSON
      </Button>
    </section>
  )
}
