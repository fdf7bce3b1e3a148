import { Button } from '@mantine/core'
import { LabelFilesButton } from '../ui/FilesButton.tsx'
import { countOf } from '../ui/format.ts'
import { ExportIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import type { Desk } from './desk.ts'
import classes from './Side.module.css'
import { useDesk } from './store.ts'
import { exportToFile, importFiles } from './transfer.ts'

/** Minimum number of unexported labels for a reminder to export them. */
const REMIND_FROM = 50

/** Renders the export and import of labels as files. */
export function Files({ desk }: { readonly desk: Desk }) {
  const transfer = useDesk((state) => state.transfer)
  const unexported = useDesk((state) => state.unexported)
  const warning = useDesk((state) => state.persistence?.warning)
  return (
    <section className={kit.card} aria-labelledby="files-title">
      <h2 className={kit.asideTitle} id="files-title">
        Files
      </h2>
      {unexported >= REMIND_FROM ? (
        <Notice tone="warning">
          {countOf(unexported, 'answer')} are not exported yet: save a file to back them up.
        </Notice>
      ) : null}
      <div className={classes.buttons}>
        <Button
          className={kit.wholeRow ?? ''}
          size="sm"
          leftSection={<ExportIcon />}
          variant={unexported >= REMIND_FROM ? 'filled' : 'default'}
          onClick={() => void exportToFile(desk.storage, 'lines')}
        >
          Save a file
        </Button>
        <Button
          size="sm"
          px="xs"
          variant="default"
          onClick={() => void exportToFile(desk.storage, 'npz')}
        >
          For NumPy
        </Button>
        <LabelFilesButton
          size="sm"
          px="xs"
          variant="default"
          onFiles={(files) => void importFiles(desk.storage, files).then(() => desk.refresh())}
        >
          Import files
        </LabelFilesButton>
      </div>
      <p
        className={`${kit.small} ${classes.quiet}`}
        data-failed={transfer?.kind === 'failed' || undefined}
        role={transfer?.kind === 'failed' ? 'alert' : undefined}
        aria-live="polite"
      >
        {transfer?.text ??
          `To hand in your labels, save a file and send it; to combine several people’s labels, import their files. ${warning || 'Labels stay in this browser as well.'}`}
      </p>
    </section>
  )
}
