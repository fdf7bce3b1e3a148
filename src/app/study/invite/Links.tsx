import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { PreparedStudy } from '../../../study/index.ts'
import { saveFile } from '../../save-file.ts'
import { countOf, whole } from '../../ui/format.ts'
import { DownloadIcon } from '../../ui/icons.tsx'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { useGathered } from '../gathered.ts'
import { handOut } from '../handed-out.ts'
import { downloadStudy, fileNameOf } from '../studies.ts'
import { CopyButton } from './CopyButton.tsx'
import classes from './Invite.module.css'
import { LinkTable } from './LinkTable.tsx'
import { invitationLinks, LONGEST_LINK, linksAsCsv, type StudyPlace } from './links.ts'

const MOST_LINKS = 1000

/** Links of a study without a collector; answers come back as files. */
export function Links({ study }: { readonly study: PreparedStudy }) {
  const digest = useGathered((state) => state.digest)
  const [kind, setKind] = useState<StudyPlace['kind']>('file')
  const [from, setFrom] = useState(fileNameOf(study))
  const [count, setCount] = useState(study.design.labellers)
  const links = useMemo(() => {
    if (digest === undefined) return []
    if (kind === 'file' && from.trim() === '') return []
    const source: StudyPlace = kind === 'inline' ? { kind } : { kind, from: from.trim() }
    return invitationLinks(study, digest, source, { count, page: pageAddress() })
  }, [study, digest, kind, from, count])
  const handedOut = () => digest !== undefined && handOut(study, digest)
  const longest = Math.max(0, ...links.map(({ link }) => link.length))
  return (
    <section className={kit.card} aria-labelledby="links-title">
      <h2 className={kit.cardTitle} id="links-title">
        One link for each labeller
      </h2>
      <p className={kit.sentence}>
        Send each person a different link; its number determines which pairs they see. Labellers
        hand in their answers as files, which you drop on this page.
      </p>
      {isLoopback() ? (
        <Notice tone="warning" role="note">
          These links lead to this computer only ({window.location.host}): open this page at the
          address at which labellers reach the lab, and make the links there.
        </Notice>
      ) : null}
      <div className={classes.choices}>
        <div>
          <p className={kit.label} id="source-label">
            Labellers get the study from
          </p>
          <SegmentedControl
            fullWidth
            aria-labelledby="source-label"
            data={[
              { value: 'file', label: 'A file on the server' },
              { value: 'inline', label: 'The link itself' },
            ]}
            value={kind}
            onChange={setKind}
          />
        </div>
        <NumberField
          label="Number of links"
          minimum={1}
          maximum={MOST_LINKS}
          integer
          value={count}
          onChange={setCount}
        />
      </div>
      {kind === 'file' ? (
        <FilePlace study={study} from={from} onFrom={setFrom} />
      ) : (
        <Length longest={longest} />
      )}
      <div className={kit.row}>
        <CopyButton
          text={links.map(({ labeller, link }) => `${labeller}\t${link}`).join('\n')}
          label={`Copy all ${countOf(links.length, 'link')}`}
          what="All links are"
          disabled={links.length === 0}
          onCopied={handedOut}
        />
        <Button
          variant="default"
          size="xs"
          leftSection={<DownloadIcon size={15} />}
          disabled={links.length === 0}
          onClick={() => {
            handedOut()
            saveFile(
              new Blob([linksAsCsv(links)], { type: 'text/csv' }),
              `invitations-${study.id.slice(0, 8)}.csv`,
            )
          }}
        >
          Links as CSV
        </Button>
      </div>
      <LinkTable links={links} onHandedOut={handedOut} />
    </section>
  )
}

/** Returns the address of the lab, without parameters and page. */
function pageAddress(): string {
  return `${window.location.origin}${window.location.pathname}`
}

/** Returns whether only this computer reaches the page's address. */
function isLoopback(): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(window.location.hostname)
}

interface FilePlaceProps {
  readonly study: PreparedStudy
  readonly from: string
  onFrom(from: string): void
}

function FilePlace({ study, from, onFrom }: FilePlaceProps) {
  return (
    <div className={classes.place}>
      <TextInput
        label="Place of the study file"
        description="Relative to the lab’s own address."
        value={from}
        error={from.trim() === '' ? `Enter a file name, such as ${fileNameOf(study)}.` : null}
        onChange={({ currentTarget }) => onFrom(currentTarget.value)}
      />
      <Button
        variant="default"
        leftSection={<DownloadIcon size={15} />}
        onClick={() => downloadStudy(study)}
      >
        Download the file
      </Button>
      <p className={kit.small}>
        Put the file there, on the server beside the lab’s <code>index.html</code>, before you send
        the links. A labeller’s browser compares it with the link, so later changes are refused.
      </p>
    </div>
  )
}

function Length({ longest }: { readonly longest: number }) {
  if (longest <= LONGEST_LINK) {
    return (
      <p className={kit.small}>
        The longest link has {whole(longest)} characters, which mail and chat programs pass on.
      </p>
    )
  }
  return (
    <Notice tone="warning" role="note">
      These links have up to {whole(longest)} characters. Many mail and chat programs cut off links
      of more than {whole(LONGEST_LINK)}: send them in an attached file, or let the links name a
      file.
    </Notice>
  )
}
