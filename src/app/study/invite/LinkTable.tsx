import { Button, Modal } from '@mantine/core'
import { useMemo, useState } from 'react'
import { qrCodeOf } from '../../../collector/qr-code.ts'
import kit from '../../ui/kit.module.css'
import { Scroller } from '../Scroller.tsx'
import { CopyButton } from './CopyButton.tsx'
import classes from './Invite.module.css'
import { type InvitationLink, LONGEST_QR } from './links.ts'

interface LinkTableProps {
  readonly links: readonly InvitationLink[]
  /** Called when a link is copied or its QR code is shown. */
  onHandedOut(): void
}

/** Table of invitations with their links. */
export function LinkTable({ links, onHandedOut }: LinkTableProps) {
  const [shown, setShown] = useState<InvitationLink>()
  return (
    <>
      <Scroller name="Links">
        <table className={classes.table} aria-label="Links">
          <thead>
            <tr>
              <th scope="col">Labeller</th>
              <th scope="col">Link</th>
              <th scope="col">Copy</th>
              <th scope="col">QR code</th>
            </tr>
          </thead>
          <tbody>
            {links.map((each) => (
              <Row
                key={each.labeller}
                {...each}
                onCopied={onHandedOut}
                onShow={() => {
                  setShown(each)
                  onHandedOut()
                }}
              />
            ))}
          </tbody>
        </table>
      </Scroller>
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={`Link of labeller ${shown?.labeller ?? ''}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {shown ? <QrCode {...shown} /> : null}
      </Modal>
    </>
  )
}

interface RowProps extends InvitationLink {
  onCopied(): void
  onShow(): void
}

function Row({ labeller, link, onCopied, onShow }: RowProps) {
  return (
    <tr>
      <th scope="row">{labeller}</th>
      <td className={classes.link}>
        <a href={link} title={link.slice(0, 300)}>
          {link}
        </a>
      </td>
      <td>
        <CopyButton
          text={link}
          label="Copy"
          name={`Copy the link of labeller ${labeller}`}
          what={`The link of labeller ${labeller} is`}
          onCopied={onCopied}
        />
      </td>
      <td>
        {link.length <= LONGEST_QR ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`Show the QR code of labeller ${labeller}`}
            onClick={onShow}
          >
            Show
          </Button>
        ) : (
          <span className={kit.faint}>too long</span>
        )}
      </td>
    </tr>
  )
}

function QrCode({ labeller, link }: InvitationLink) {
  const { size, path } = useMemo(() => qrCodeOf(link), [link])
  return (
    <svg
      className={classes.code}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={`QR code of the link of labeller ${labeller}`}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
