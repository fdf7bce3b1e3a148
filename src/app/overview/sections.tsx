/** Sections of the Overview page: the steps of the procedure, ablations, and recovery. */

import { wishName } from '../../evaluation/wish.ts'
import type { Results } from '../../lab/models/results.ts'
import { ablationGroups, MAIN_LINE } from '../../procedure/ablation-groups.ts'
import { methodGroups } from '../../procedure/method-groups.ts'
import { wishGroups } from '../../procedure/wish-groups.ts'
import kit from '../ui/kit.module.css'
import { LOADING_CHART, lazyPart } from '../ui/lazy-part.tsx'
import { AblationCard } from './AblationCard.tsx'
import { IslandRewardsCard, IslandsCard } from './IslandsCard.tsx'
import { MethodCard } from './MethodCard.tsx'
import classes from './Overview.module.css'
import { sectionId } from './Picture.tsx'
import { STEPS, WANTED } from './procedure.ts'
import { Recovery } from './Recovery.tsx'
import { RewardCard } from './RewardCard.tsx'
import { ChartCard, Section } from './Section.tsx'
import { StageCard } from './StageCard.tsx'
import { VarietyCard } from './VarietyCard.tsx'
import { WishCard } from './WishCard.tsx'

const RewardPlot = lazyPart(() => import('./charts/RewardPlot.tsx'), LOADING_CHART)
const LearningCurves = lazyPart(() => import('./charts/LearningCurves.tsx'), LOADING_CHART)

interface Measured {
  readonly results: Results | undefined
}

export function Imitation({ results }: Measured) {
  return (
    <Section
      id={sectionId('base')}
      title="First it imitates"
      lead="Many people, then a few good clips. So far, nothing says which jumppad is preferred."
    >
      <div className={classes.duo}>
        <StageCard stage="base" results={results} />
        <StageCard stage="fine-tuned" results={results} />
      </div>
    </Section>
  )
}

export function Preferences({ results }: Measured) {
  return (
    <Section
      id={sectionId('preferences')}
      title="Then a judge says what is preferred"
      lead="Pairs of the fine-tuned agent’s own clips are compared, here by a synthetic judge, as in the paper: the clip that reaches the preferred jumppad wins. A reward model learns to predict which one won. It starts from the agent’s parameters, so it already knows how to see."
    >
      {results ? (
        <div className={classes.trio}>
          {WANTED.map((wanted) => (
            <RewardCard key={wanted} wanted={wanted} results={results} />
          ))}
        </div>
      ) : null}
      <ChartCard title="How many comparisons does it take?">
        <RewardPlot results={results} />
        <p className={kit.sentence}>
          What an agent learns from ten, and from more:{' '}
          <a href="#/few-labels">When labels are too few</a>, in five short steps.
        </p>
      </ChartCard>
    </Section>
  )
}

export function PreferenceFineTuning({ results }: Measured) {
  return (
    <Section
      id={sectionId('preference')}
      title="It imitates its own best"
      lead="The agent imitates the clips that the reward model scores highest: no trial and error yet."
    >
      <Trio family="preference" results={results} />
    </Section>
  )
}

export function Reinforcement({ results }: Measured) {
  const mainLine = results?.reinforcement.filter(({ variant }) => variant === MAIN_LINE) ?? []
  return (
    <Section
      id={sectionId('rewards')}
      title="And follows the reward"
      lead="Trial and error on the learned reward, kept close to the starting policy. The share that reached the jumppad is for evaluation only: training never sees it."
    >
      {mainLine.length > 0 ? (
        <ChartCard title="Reinforcement learning, update by update">
          <LearningCurves runs={mainLine} />
        </ChartCard>
      ) : (
        <p className={kit.sentence}>Not measured yet.</p>
      )}
    </Section>
  )
}

export function Alignment({ results }: Measured) {
  return (
    <Section
      id={sectionId('aligned')}
      title="Does it do what was preferred?"
      lead="One fine-tuned agent, three preferred jumppads, and the result for each."
    >
      <Trio family="aligned" results={results} />
    </Section>
  )
}

export function OtherMethods({ results }: { readonly results: Results }) {
  const groups = methodGroups(results)
  const telling = methodGroups(results, 'telling')
  const wanted = WANTED.filter((each) => groups.some((group) => group.wanted === each))
  return (
    <Section
      id="methods"
      title="What do other methods make of the same labels?"
      lead="Three methods that the Train page offers, with its settings, from the same answers to the same pairs, and one of them from telling pairs, in each of which exactly one clip reaches the jumppad. A label is an answer that prefers a clip. KL is the divergence from the fine-tuned agent in nats per episode: how far the agent had to change."
    >
      {groups.length === 0 ? <p className={kit.sentence}>Not measured yet.</p> : null}
      <div className={classes.duo}>
        {wanted.map((each) => (
          <MethodCard
            key={each}
            wanted={each}
            groups={groups.filter((group) => group.wanted === each)}
            telling={telling.filter((group) => group.wanted === each)}
          />
        ))}
      </div>
    </Section>
  )
}

export function WhatEachPartIsWorth({ results }: { readonly results: Results }) {
  const groups = ablationGroups(results)
  return (
    <Section
      id="ablations"
      title="What is each part worth?"
      lead="The same alignment with one part left out or changed. All had the same learning-rate trials and the same cap on updates. Where there are several training seeds, the bar pools them and a mark shows each."
    >
      {groups.length === 0 ? <p className={kit.sentence}>Not measured yet.</p> : null}
      <div className={classes.duo}>
        {groups.map((group) => (
          <AblationCard key={group.varied} group={group} />
        ))}
      </div>
    </Section>
  )
}

/** True of the shipped results, as islands.test.ts checks. */
const ISLAND_FINDINGS =
  'The agents go to their jumppad when it is farther away, so they see it. Where the neck bends they get lost, so the way there is partly memorized. The platform that is missing there is not the reason: where it alone is missing, they arrive. With the obstacles elsewhere they miss more often, so they steer by these, too. The reward models still recognize what is preferred on most of these islands. Aligning an agent with play on five islands instead of one did not carry over better; nor did pre-training on five, although these agents find their way on the other four of them more often.'

export function OtherIslands({ results }: { readonly results: Results }) {
  const { islands } = results
  return (
    <Section
      id="islands"
      title="What did it really learn?"
      lead="The same agents on islands that they have never seen. Share of fresh episodes that reached the preferred jumppad or, for agents that prefer none, any jumppad, in percent with 95 % intervals. A click shows the agent there."
    >
      {islands ? (
        <>
          <IslandsCard islands={islands} />
          <p className={kit.sentence}>
            How often the reward models agree with a judge, on pairs of the fine-tuned agent’s
            episodes there of which the judge prefers one.
          </p>
          <IslandRewardsCard islands={islands} />
          <p className={kit.sentence}>{ISLAND_FINDINGS}</p>
          <VarietyCard variety={results.variety ?? []} />
        </>
      ) : (
        <p className={kit.sentence}>Not measured yet.</p>
      )}
    </Section>
  )
}

/** True of the shipped results, as wishes.test.ts checks. */
const WISH_FINDINGS =
  'Keeping closer to the sea is learned from either agent, mostly by going to the outer jumppads. Swinging longer is learned with two of three seeds from the base agent, which swings now and then, and hardly at all from the fine-tuned agent, which never does: a preference among an agent’s own clips cannot ask for what it never does. Moving slower conflicts with arriving in time: the agents become a little slower, and from the base agent two of three seeds arrive in fewer than two thirds of the episodes.'

export function WishesAboutStyle({ results }: { readonly results: Results }) {
  const groups = wishGroups(results)
  const names = [...new Set(groups.map(({ wish }) => wishName(wish)))]
  return (
    <Section
      id="wishes"
      title="Can it learn how, not only where?"
      lead="A preference is rarely about where one ends up. Here a judge prefers a style: of two clips that arrive, the one with more or less of a measure. Small numbers are those of the training seeds, large ones their means."
    >
      {groups.length === 0 ? <p className={kit.sentence}>Not measured yet.</p> : null}
      <div className={classes.trio}>
        {names.map((name) => (
          <WishCard
            key={name}
            groups={groups.filter(({ wish }) => wishName(wish) === name)}
            worldVersion={results.worldVersion}
          />
        ))}
      </div>
      {groups.length === 0 ? null : <p className={kit.sentence}>{WISH_FINDINGS}</p>}
    </Section>
  )
}

export function OffTheBeatenPath({ results }: { readonly results: Results }) {
  return (
    <Section
      id="recovery"
      title="Was pre-training worth it?"
      lead="The fine-tuned agent beside one that was trained only on the curated clips, from starts that none of these clips covers. Share that reached a jumppad in percent, with 95 % intervals."
    >
      <Recovery results={results} />
    </Section>
  )
}

/** Renders the cards of a stage family, one for each preferred jumppad. */
function Trio({ family, results }: Measured & { readonly family: 'preference' | 'aligned' }) {
  return (
    <div className={classes.trio}>
      {(STEPS.find(({ name }) => name === family)?.stages ?? []).map((stage) => (
        <StageCard key={stage} stage={stage} results={results} />
      ))}
    </div>
  )
}
