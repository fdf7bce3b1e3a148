import { Button, Switch } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { messageOf } from '../../lab/worker/errors.ts'
import { METHODS } from '../../procedure/training/index.ts'
import { useRoute } from '../stores/route.ts'
import { LARGEST_SEED } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import { NumberField } from '../ui/NumberField.tsx'
import { begin } from './actions.ts'
import { ClipsChoice } from './ClipsChoice.tsx'
import { changeDraft, type Draft, readTyped, useDraft } from './draft.ts'
import { Forecast } from './Forecast.tsx'
import { useIngredients } from './ingredients.ts'
import { KindChoice } from './KindChoice.tsx'
import { LabelsChoice } from './LabelsChoice.tsx'
import { ModelChoice } from './ModelChoice.tsx'
import { RecipeForm } from './RecipeForm.tsx'
import { fieldsOf, recipePartsOf } from './recipes.ts'
import { amountIn, defaultName, sketchOf } from './sketch.ts'
import classes from './Train.module.css'
import { useWorkshop } from './workshop.ts'

/** A new training: what it begins with, what it learns from, what it will take. */
export function SetUp() {
  const draft = useDraft()
  const ingredients = useIngredients(draft)
  const { policies, rewards, start } = ingredients
  const sketch = sketchOf(draft, ingredients)
  const [starting, setStarting] = useState(false)
  const form = useShownOnArrival()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typeof sketch === 'string' || starting) return
    setStarting(true)
    begin(sketch, defaultName(sketch), ingredients)
      .then(showNow)
      .catch((error) => useWorkshop.setState({ problem: messageOf(error) }))
      .finally(() => setStarting(false))
  }
  return (
    <form className={kit.stack} aria-label="A new training" ref={form} onSubmit={submit}>
      <KindChoice />
      <div className={`${kit.surface} ${classes.card}`}>
        <div className={`${kit.stack} ${classes.choices}`}>
          <h2 className={kit.heading}>{titleOf(draft)}</h2>
          <Row title="Begins with">
            <ModelChoice
              label="Starting model"
              name={start?.name ?? draft.model}
              candidates={policies}
              onChange={(model) => changeDraft({ model })}
            />
          </Row>
          <Material ingredients={ingredients} rewards={rewards} />
          <Settings ingredients={ingredients} />
        </div>
        <Forecast sketch={sketch} starting={starting} words={METHODS[draft.job].start} />
      </div>
    </form>
  )
}

function titleOf({ job, labels }: Draft): string {
  if (job !== 'align') return METHODS[job].title
  return `Align the agent with ${labels === 'judge' ? 'a judge’s' : 'your'} labels`
}

/** What was started comes into sight above the form, as soon as it is there. */
async function showNow(): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const now = document.getElementById('training-now')
    if (now) return now.focus()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A link on this very page changes the form: then it comes into sight. */
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

type Ingredients = ReturnType<typeof useIngredients>

interface MaterialProps {
  readonly ingredients: Ingredients
  readonly rewards: Ingredients['rewards']
}

/** What it learns from. */
function Material({ ingredients, rewards }: MaterialProps) {
  const draft = useDraft()
  const { material } = METHODS[draft.job]
  if (material === 'clips') {
    return (
      <Row title="Imitates">
        <ClipsChoice clips={ingredients.clips} />
      </Row>
    )
  }
  if (material === 'labels') {
    return (
      <Row title="Learns from">
        <LabelsChoice chosen={ingredients.answers} />
      </Row>
    )
  }
  return (
    <Row title="Rewarded by">
      <ModelChoice
        label="Reward model"
        name={ingredients.reward?.name ?? draft.reward}
        candidates={rewards}
        onChange={(reward) => changeDraft({ reward })}
      />
    </Row>
  )
}

/** Every setting of the recipes; none has to be touched. */
function Settings({ ingredients }: { readonly ingredients: Ingredients }) {
  const draft = useDraft()
  const typed = readTyped(draft.set)
  const parts = recipePartsOf(draft.job, draft.preference === 'yes')
  const changed = parts.flatMap((part) =>
    Object.keys(typed).filter((name) => name.startsWith(`${part}.`)),
  ).length
  const amount = amountIn(draft, ingredients)
  // What came with the address is shown at once.
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
        {METHODS[draft.job].hasPreferenceOption ? (
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
        <div className={classes.seed}>
          <NumberField
            label="Seed"
            minimum={0}
            maximum={LARGEST_SEED}
            integer
            value={draft.seed}
            onChange={(seed) => changeDraft({ seed })}
          />
          <p className={kit.sentence}>
            The same seed, start, data and settings give the same parameters on the same device.
          </p>
          {changed > 0 ? (
            <Button variant="default" size="compact-sm" onClick={() => changeDraft({ set: '' })}>
              Reset all settings
            </Button>
          ) : null}
        </div>
      </div>
    </details>
  )
}
