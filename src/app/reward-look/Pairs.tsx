import { Button, SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { preferredClip } from '../../alignment/comparisons.ts'
import type { Clip } from '../../alignment/labels/index.ts'
import { type JudgedPair, leastSure, mostWrong } from '../../evaluation/judged-pairs.ts'
import { DECISION_SECONDS } from '../../island/index.ts'
import { newId } from '../../storage/ids.ts'
import { type Candidate, currentCandidates } from '../data/candidates.ts'
import { PairPlayer } from '../replay/PairPlayer.tsx'
import { endingName } from '../sentences.ts'
import { addressOfMap } from '../stores/island-choice.ts'
import { labelAddress } from '../stores/label-link.ts'
import kit from '../ui/kit.module.css'
import classes from './Look.module.css'
import { LookPart } from './LookPart.tsx'
import type { ScoredLabels } from './use-look.ts'

/** Number of pairs in a list. */
const LISTED = 12

/** Number of pairs of a session that a link asks for. */
const GOAL = 20

const ORDERS = [
  { value: 'wrong', label: 'Most wrong' },
  { value: 'unsure', label: 'Least sure' },
] as const

type Order = (typeof ORDERS)[number]['value']

interface PairsProps {
  readonly model: Candidate
  readonly labels: ScoredLabels
  /** Called with the index of a clip whose frames the visitor wants to look at. */
  onLookAt(clip: number): void
}

/** Pairs on which the model is most wrong or least sure, each of which can be played. */
export function Pairs({ model, labels, onLookAt }: PairsProps) {
  const [order, setOrder] = useState<Order>('wrong')
  const [chosen, setChosen] = useState(0)
  const listed = useMemo(
    () => (order === 'wrong' ? mostWrong : leastSure)(labels.pairs, LISTED),
    [labels, order],
  )
  const pair = listed[chosen] ?? listed[0]
  const first = pair && labels.clips[pair.first]
  const second = pair && labels.clips[pair.second]
  return (
    <LookPart
      title="Pairs to look at"
      wide
      controls={
        <SegmentedControl
          size="xs"
          aria-label="Order of the pairs"
          data={[...ORDERS]}
          value={order}
          onChange={(next) => {
            setOrder(next)
            setChosen(0)
          }}
        />
      }
    >
      {pair && first && second ? (
        <div className={classes.pairs}>
          <ol className={classes.list}>
            {listed.map((each, index) => (
              <li key={`${each.first} ${each.second}`}>
                <button
                  type="button"
                  className={classes.pair}
                  aria-current={each === pair || undefined}
                  onClick={() => setChosen(index)}
                >
                  <span>{clipsWords(labels.clips, each)}</span>
                  <span className={kit.small}>{predictionWords(each)}</span>
                </button>
              </li>
            ))}
          </ol>
          <div className={kit.stack} data-tight>
            <PairPlayer key={`${first.id} ${second.id}`} first={first} second={second} />
            <p className={kit.sentence}>
              {labelWords(pair)} {rewardWords(labels, pair)}
            </p>
            <div className={kit.row}>
              <MoreLikeIt
                key={`${first.id} ${second.id}`}
                model={model}
                labels={labels}
                first={first}
                second={second}
              />
              <Button size="compact-sm" variant="default" onClick={() => onLookAt(pair.first)}>
                Look at the left clip
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => onLookAt(pair.second)}>
                Look at the right clip
              </Button>
            </div>
          </div>
        </div>
      ) : (
        <p className={kit.sentence}>The model is wrong on none of these labels.</p>
      )}
    </LookPart>
  )
}

interface MoreLikeItProps {
  readonly model: Candidate
  readonly labels: ScoredLabels
  readonly first: Clip
  readonly second: Clip
}

/** Link to the desk with pairs that end like this one, those first of which the model is least sure. */
function MoreLikeIt({ model, labels, first, second }: MoreLikeItProps) {
  const { question } = labels.set
  // The id stays the same while the pair is shown, so that the link resumes its session.
  const [link] = useState(newId)
  const agent = currentCandidates('policy').find(({ sha256 }) => sha256 === first.policyDigest)
  const endings = [first.ending, second.ending] as const
  const address = labelAddress(
    { link, goal: GOAL, reward: model.name, endings, question },
    agent?.name,
  )
  const island = new URLSearchParams({ island: addressOfMap(first.island) })
  return (
    <Button
      component="a"
      size="compact-sm"
      href={first.island === undefined ? address : `${address}&${island}`}
    >
      Label more like this
    </Button>
  )
}

function clipsWords(clips: readonly Clip[], { first, second }: JudgedPair): string {
  return [first, second]
    .map((index) => {
      const clip = clips[index]
      const seconds = ((clip?.actions.length ?? 0) * DECISION_SECONDS).toFixed(1)
      return `${endingName(clip?.ending ?? 'none')}, ${seconds} s`
    })
    .join(' – ')
}

/** Returns what the model predicts for the side that the label prefers, in few words. */
function predictionWords({ margin, probability, difference }: JudgedPair): string {
  if (margin === undefined) return `Tie; rewards differ by ${Math.abs(difference).toFixed(2)}`
  if (probability === undefined) return `Rewards differ by ${margin.toFixed(2)} towards the label`
  const towards = margin === difference ? probability : 1 - probability
  return `${percentOf(towards)} for the preferred clip`
}

function labelWords(pair: JudgedPair): string {
  const preferred = preferredClip(pair)
  if (preferred === undefined) return 'The label is a tie.'
  const share = preferred === 'first' ? pair.verdict : 1 - pair.verdict
  const side = preferred === 'first' ? 'left' : 'right'
  return share === 1
    ? `The label prefers the ${side} clip.`
    : `The label prefers the ${side} clip, with ${percentOf(share)}.`
}

function rewardWords(
  { rewards }: ScoredLabels,
  { first, second, probability }: JudgedPair,
): string {
  const [left, right] = [first, second].map((index) => (rewards[index] ?? Number.NaN).toFixed(2))
  const predicted =
    probability === undefined
      ? ''
      : ` This predicts that the left clip is preferred with ${percentOf(probability)}.`
  return `The learned reward of the left clip is ${left}, that of the right clip ${right}.${predicted}`
}

/** Formats a probability, as in `3 %`; the ends of the scale are only approached. */
function percentOf(probability: number): string {
  if (probability > 0 && probability < 0.01) return 'less than 1 %'
  if (probability > 0.99 && probability < 1) return 'more than 99 %'
  return `${(100 * probability).toFixed(0)} %`
}
