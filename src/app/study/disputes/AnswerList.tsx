import type { PairAnswer } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'
import progress from '../progress/Progress.module.css'
import { Scroller } from '../Scroller.tsx'
import { answerWords } from './answer-words.ts'

/** Everybody's answer to a pair, with its time and reasons. */
export function AnswerList({ answers }: { readonly answers: readonly PairAnswer[] }) {
  if (answers.length === 0) return <p className={kit.sentence}>Nobody’s answer to it counts.</p>
  return (
    <Scroller name="Answers">
      <table className={progress.table} aria-label="Answers">
        <thead>
          <tr>
            <th scope="col">Labeller</th>
            <th scope="col">Answer</th>
            <th scope="col">Time</th>
            <th scope="col">Replays</th>
            <th scope="col">Reasons</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ sitting, label }) => (
            <tr key={label.id}>
              <th scope="row">{sitting.name}</th>
              <td>{answerWords(label)}</td>
              <td>{(label.responseMs / 1000).toFixed(1)} s</td>
              <td>{label.replays}</td>
              <td>{label.reasons?.join(', ') ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
