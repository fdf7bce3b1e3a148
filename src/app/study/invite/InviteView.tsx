import type { StudyEntry } from '../../../storage/index.ts'
import { isPrepared } from '../../../study/index.ts'
import { FoldedCard } from '../../ui/FoldedCard.tsx'
import kit from '../../ui/kit.module.css'
import { fileNameOf } from '../studies.ts'
import { Links } from './Links.tsx'

/** Invitations to a study: links of this page, or those that a collector's command makes. */
export function InviteView({ entry }: { readonly entry: StudyEntry }) {
  const { study, access } = entry
  if (access) return <Served />
  return (
    <>
      {isPrepared(study) ? <Links study={study} /> : null}
      <FoldedCard title="Or collect the answers on a server of your own">
        <Commands file={fileNameOf(study)} />
      </FoldedCard>
    </>
  )
}

function Served() {
  return (
    <section className={kit.card} aria-label="Invitations">
      <h2 className={kit.cardTitle}>A collector invites the labellers of this study</h2>
      <p className={kit.sentence}>
        “study serve” wrote one link for each labeller beside the study’s data: as a table in{' '}
        <code>invitations.csv</code>, and with QR codes to print in <code>invitations.html</code>.
        Each link holds a key of its own, so this page cannot make further ones.
      </p>
      <dl className={kit.facts}>
        <dt>One more</dt>
        <dd>
          <code>npm run lab -- study invite DIR</code>
        </dd>
        <dt>In place of labeller 7</dt>
        <dd>
          <code>npm run lab -- study invite DIR --in-place-of 7</code>
        </dd>
        <dt>Revoke the link of 7</dt>
        <dd>
          <code>npm run lab -- study revoke DIR 7</code>
        </dd>
      </dl>
    </section>
  )
}

/** Commands that serve a study with a collector, and what they print. */
function Commands({ file }: { readonly file: string }) {
  return (
    <>
      <p className={kit.sentence}>
        A collector receives each answer as it is given, and this page shows it at once. Download
        the study, and run this in the lab’s folder:
      </p>
      <p>
        <code>npm run lab -- study serve {file}</code>
      </p>
      <p className={kit.sentence}>
        It serves the lab and the study, writes an invitation for each labeller to{' '}
        <code>invitations.csv</code> and <code>invitations.html</code>, and prints your own link
        once: open it in this browser to follow the study here.
      </p>
    </>
  )
}
