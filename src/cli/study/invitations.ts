/** Links of a study, as a list and as pages to print. */

import { encodeAccess } from '../../collector/access.ts'
import type { UserCredentials } from '../../collector/identities.ts'
import { encodeInvitation } from '../../collector/invitation.ts'
import { qrCodeOf } from '../../collector/qr-code.ts'
import { csvOf } from '../../storage/csv.ts'
import { writeWhole } from './files.ts'
import type { KnownLabeller, StudyFolder } from './folder.ts'

/** Path, relative to the lab's page, at which the collector's WebSocket is found. */
export const COLLECTOR_PATH = 'collector'

/** Returns the path, relative to the lab's page, at which the study file is found. */
export function studyPath(study: string): string {
  return `study/${study}.json`
}

/** Address of the lab's page before the study is served for the first time. */
const USUAL_ADDRESS = 'http://localhost:4173/'

/** Returns the link of a labeller to the address where the study was served last. */
export function linkOf(
  { state, study }: StudyFolder,
  { number, slot, jwt, seed }: KnownLabeller,
): string {
  const invitation = encodeInvitation({
    version: 1,
    study: state.study,
    labeller: number,
    slot,
    collector: { url: COLLECTOR_PATH, jwt, seed },
    from: studyPath(study.id),
  })
  return `${state.address ?? USUAL_ADDRESS}#/label?invitation=${invitation}`
}

/** Returns the link of the researcher. */
export function researcherLink(
  { state, study }: StudyFolder,
  { jwt, seed }: UserCredentials,
): string {
  const access = encodeAccess({
    version: 1,
    study: state.study,
    from: studyPath(study.id),
    url: COLLECTOR_PATH,
    jwt,
    seed,
  })
  return `${state.address ?? USUAL_ADDRESS}#/study?access=${access}`
}

/** Writes `invitations.csv` and `invitations.html` with the invitations that hold. */
export async function writeInvitations(folder: StudyFolder): Promise<void> {
  const links = folder.state.labellers
    .filter((labeller) => !folder.isRevoked(labeller))
    .map((labeller) => ({ number: labeller.number, link: linkOf(folder, labeller) }))
  const rows = links.map(({ number, link }) => [number, link])
  await writeWhole(folder.path('invitations.csv'), csvOf([['number', 'link'], ...rows]), 0o600)
  await writeWhole(folder.path('invitations.html'), pages(folder.study.title, links), 0o600)
}

const STYLE = `
  @page { margin: 15mm; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; color: #111; background: #fff; }
  ul { list-style: none; padding: 0; display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
  li { break-inside: avoid; border: 1px solid #bbb; border-radius: 8px; padding: 1rem; }
  h2 { font-size: 1.1rem; margin: 0 0 0.5rem; }
  svg { width: 100%; height: auto; display: block; }
  a { font-size: 0.55rem; line-height: 1.3; overflow-wrap: anywhere; color: #333; }
`

function pages(title: string, links: readonly { number: number; link: string }[]): string {
  const items = links.map(
    ({ number, link }) =>
      `<li><h2>Invitation ${number}</h2>${qrCode(link, `Invitation ${number}`)}<a href="${escaped(link)}">${escaped(link)}</a></li>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Invitations: ${escaped(title)}</title>
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
<p>Each invitation is for one person. Scan the code, or open the link.</p>
<ul>
${items.join('\n')}
</ul>
</html>
`
}

function qrCode(link: string, name: string): string {
  const { size, path } = qrCodeOf(link)
  return `<svg role="img" aria-label="QR code of ${name}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${path}"/></svg>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
