import { Button, Switch } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { METHODS, type TrainingPlan } from '../../procedure/training/index.ts'
import { problemOf } from '../sentences.ts'
import { useRoute } from '../stores/route.ts'
import { useTraining } from '../stores/training.ts'
import kit from '../ui/kit.module.css'
import { begin } from './actions.ts'
import { ClipsChoice } from './ClipsChoice.tsx'
import { changeDraft, type Draft, readTyped, useDraft } from './draft.ts'
import { Forecast } from './Forecast.tsx'
import { IslandChoice } from './IslandChoice.tsx'
import { KindChoice } from './KindChoice.tsx'
import { LabelsChoice } from './LabelsChoice.tsx'
import { ModelChoice } from './ModelChoice.tsx'
import { useMaterials } from './materials.ts'
import { amountInDraft, defaultName, plansFromDraft } from './plan-from-draft.ts'
import { RecipeForm } from './RecipeForm.tsx'
import { fieldsOf, recipePartsOf } from './recipes.ts'
import { SweepFields } from './SweepFields.tsx'
import { methodsIn } from './sweep.ts'
import classes from './Train.module.css'
import { nextSweepTag, readTags } from './tags.ts'
import { useTrainingInputs } from './training-inputs.ts'

/** Form for a new training: its starting model, data and settings, with a forecast. */
export function SetUp() {
  const draft = useDraft()
  const inputs = useTrainingInputs(draft)
  const { policies, rewards, start } = inputs
  const plans = plansOrProblem(draft, inputs)
  const [starting, setStarting] = useState(false)
  const form = useShownOnArrival()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typeof plans === 'string' || starting) return
    setStarting(true)
    useMaterials.setState({ problem: undefined })
    const count = plans.length
    const tags = count > 1 ? sweepTags(draft) : []
    const wanted = plans.map((plan) => ({ plan, name: defaultName(plan, count), tags }))
    begin(wanted, inputs)
      .then(showNow)
      .catch((error) => useMaterials.setState({ problem: problemOf(error) }))
      .finally(() => setStarting(false))
  }
  return (
    <form className={kit.stack} aria-label="New training" ref={form} onSubmit={submit}>
      <KindChoice />
      <div className={`${kit.surface} ${classes.card}`}>
        <div className={`${kit.stack} ${classes.choices}`}>
          <h2 className={kit.heading}>{titleOf(draft)}</h2>
          <Row title="Starts from">
            <ModelChoice
              label="Starting model"
              name={start?.name ?? draft.model}
              candidates={policies}
              onChange={(model) => changeDraft({ model })}
            />
          </Row>
          <Material inputs={inputs} rewards={rewards} />
          <Row title="Runs">
            <SweepFields />
          </Row>
          <Settings inputs={inputs} />
        </div>
        <Forecast plans={plans} starting={starting} words={METHODS[draft.job].start} />
      </div>
    </form>
  )
}

/** Returns the plans of a draft, or else what is wrong with it, as a sentence. */
function plansOrProblem(draft: Draft, inputs: Inputs): readonly TrainingPlan[] | string {
  const plans = plansFromDraft(draft, inputs)
  if (typeof plans === 'string' || plans.length === 1) return plans
  return readTags(draft.tags).problem ?? plans
}

/** Returns the tags of the runs of a sweep: those that were typed, or else a new one. */
function sweepTags({ tags }: Draft): readonly string[] {
  const typed = readTags(tags).tags ?? []
  return typed.length > 0 ? typed : [nextSweepTag(useTraining.getState().runs ?? [])]
}

const LABELLERS: Readonly<Record<Draft['labels'], string>> = {
  own: 'your',
  study: 'a study’s',
  judge: 'a judge’s',
}

function titleOf({ job, labels }: Draft): string {
  if (job !== 'align') return METHODS[job].title
  return `Align the agent with ${LABELLERS[labels]} labels`
}

/** Focuses the started training above the form once it is rendered; gives up after 2 s. */
async function showNow(): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const now = document.getElementById('training-now')
    if (now) return now.focus()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Returns a ref for the form, which is scrolled into view when a link on this page changes the draft. */
function useShownOnArrival() {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const show = () => {
      if (useRoute.getState().page === 'train') form.current?.scrollIntoView()
    }
    window.addEventListener('hashchange', show)
    return () => window.removeEventListener('hashchange', show)
  }, [])
  return form
}

function Row({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.choice}>
      <h3 className={`${kit.label} ${classes.choiceTitle}`}>{title}</h3>
      {children}
    </div>
  )
}

type Inputs = ReturnType<typeof useTrainingInputs>

interface MaterialProps {
  readonly inputs: Inputs
  readonly rewards: Inputs['rewards']
}

/** Selects what the training learns from: clips, labels or a reward model. */
function Material({ inputs, rewards }: MaterialProps) {
  const draft = useDraft()
  const { material } = METHODS[draft.job]
  if (material === 'clips') {
    return (
      <Row title="Imitates">
        <ClipsChoice clips={inputs.clips} />
      </Row>
    )
  }
  if (material === 'labels') {
    return (
      <Row title="Learns from">
        <LabelsChoice question={inputs.question} chosen={inputs.answers} study={inputs.study} />
      </Row>
    )
  }
  return (
    <Row title="Rewarded by">
      <div className={kit.stack}>
        <ModelChoice
          label="Reward model"
          name={inputs.reward?.name ?? draft.reward}
          candidates={rewards}
          onChange={(reward) => changeDraft({ reward })}
        />
        <IslandChoice />
      </div>
    </Row>
  )
}

/** All settings of the recipes; their defaults are ready to use. */
function Settings({ inputs }: { readonly inputs: Inputs }) {
  const draft = useDraft()
  const typed = readTyped(draft.set)
  const methods = methodsIn(draft)
  const parts = [
    ...new Set(methods.flatMap((kind) => recipePartsOf(kind, draft.preference === 'yes'))),
  ]
  const changed = parts.flatMap((part) =>
    Object.keys(typed).filter((name) => name.startsWith(`${part}.`)),
  ).length
  const amount = amountInDraft(draft, inputs)
  // Settings changed by the address are shown from the start.
  const [open, setOpen] = useState(changed > 0)
  return (
    <details
      className={classes.settings}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={kit.label}>
        Settings{' '}
        <span className={kit.faint}>
          {changed === 0 ? 'all at their defaults' : `${changed} changed`}
        </span>
      </summary>
      <div className={`${kit.stack} ${classes.settingsBody}`}>
        {methods.some((kind) => METHODS[kind].hasPreferenceOption) ? (
          <Switch
            label="Preference fine-tuning before reinforcement learning"
            checked={draft.preference === 'yes'}
            onChange={({ currentTarget }) =>
              changeDraft({ preference: currentTarget.checked ? 'yes' : 'no' })
            }
          />
        ) : null}
        {parts.map((part) => (
          <RecipeForm key={part} part={part} fields={fieldsOf(part, amount)} typed={typed} />
        ))}
        {changed > 0 ? (
          <Button variant="default" size="compact-sm" onClick={() => changeDraft({ set: '' })}>
            Reset all settings
          </Button>
        ) : null}
      </div>
    </details>
  )
}
