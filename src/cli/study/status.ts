/** `study status`: who has answered how much, and which places of the design nobody has taken. */
import {
  type LabellerRow,
  type LabellerState,
  slotIndex,
  studyOverview,
} from '../../study/index.ts'
import { StudyFolder } from './folder.ts'
import { readStoredLog, refusalsOf } from './stored.ts'

export async function showStatus(dir: string): Promise<void> {
  const folder = await StudyFolder.open(dir)
  const stored = await readStoredLog(folder)
  const { rows, labels } = studyOverview(stored.log)
  const later = folder.state.labellers.filter(
    ({ number }) => !rows.some(({ labeller }) => labeller === number),
  )
  const lines = [
    `“${folder.study.title}”: ${labels} labels`,
    ...rows.map((row) => `  ${row.name.padStart(5)}  ${stateOf(folder, row)}`),
    ...later.map((labeller) => {
      const { number, slot } = labeller
      const state = folder.isRevoked(labeller) ? 'revoked' : 'not opened'
      return `  ${String(number).padStart(5)}  ${state}${number === slot ? '' : `, in place of ${slot}`}`
    }),
  ]
  const left = refusalsOf(stored)
  if (left !== '') lines.push(`Left out: ${left}.`)
  lines.push(...handingOn(folder, rows))
  process.stdout.write(`${lines.join('\n')}\n`)
}

const WORDS: Readonly<Record<LabellerState, string>> = {
  'not opened': 'not opened',
  'handed on': 'handed on',
  answering: 'answering',
  finished: 'finished',
  stopped: 'asked to stop, after golden pairs',
  withdrawn: 'withdrawn',
}

function stateOf(folder: StudyFolder, { labeller, state, answered, of }: LabellerRow): string {
  const known = folder.state.labellers.find(({ number }) => number === labeller)
  const revoked = known && folder.isRevoked(known) ? ', revoked' : ''
  const count = state === 'not opened' || state === 'handed on' ? '' : `, ${answered} of ${of}`
  return `${WORDS[state]}${count}${revoked}`
}

/** Returns the command that hands on a place of the design, if nobody has taken some of them. */
function handingOn({ dir, study, state }: StudyFolder, rows: readonly LabellerRow[]): string[] {
  const taken = new Set(
    rows.flatMap(({ sitting }) => (sitting ? [slotIndex(study, sitting.slot)] : [])),
  )
  const places = Array.from({ length: study.design.labellers }, (_, index) => index + 1)
  const holders = places
    .filter((place) => !taken.has(slotIndex(study, place)))
    .flatMap((place) => state.labellers.findLast(({ slot }) => slot === place)?.number ?? [])
    .toSorted((a, b) => a - b)
  if (holders.length === 0) return []
  return [
    `Nobody has taken the places of ${holders.join(', ')}. To hand one on: npm run lab -- study invite ${dir} --in-place-of ${holders[0]}`,
  ]
}
