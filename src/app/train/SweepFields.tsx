import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { METHODS } from '../../procedure/training/index.ts'
import { useTraining } from '../stores/training.ts'
import { LARGEST_SEED } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import { changeDraft, useDraft } from './draft.ts'
import { methodsBeside, methodsIn, NO_SEEDS, readSeeds, seedsText } from './sweep.ts'
import classes from './Train.module.css'
import { nextSweepTag, readTags } from './tags.ts'

/** Number of runs: the seeds, further methods that learn from the same data, and the tags of a sweep. */
export function SweepFields() {
  const draft = useDraft()
  const seeds = readSeeds(seedsText(draft), LARGEST_SEED).seeds?.length ?? 0
  const isSweep = seeds * methodsIn(draft).length > 1
  const others = methodsBeside(draft.job)
  return (
    <div className={kit.stack}>
      <div className={classes.sweep}>
        <SeedsField />
        {isSweep ? <TagsField /> : null}
      </div>
      {others.length > 0 ? (
        <fieldset className={`${kit.row} ${classes.methods}`}>
          <legend className={kit.small}>Also train with each seed, from the same data:</legend>
          {others.map((kind) => (
            <Checkbox
              key={kind}
              size="md"
              label={METHODS[kind].title}
              checked={methodsIn(draft).includes(kind)}
              onChange={({ currentTarget: { checked } }) => {
                const chosen = methodsIn(draft).filter((each) => each !== draft.job)
                const also = checked ? [...chosen, kind] : chosen.filter((each) => each !== kind)
                changeDraft({ also: also.join(',') })
              }}
            />
          ))}
        </fieldset>
      ) : null}
      <p className={kit.sentence}>
        The same seed, starting model, data and settings give the same parameters on the same
        device. Several seeds show how much of a result is chance.
      </p>
    </div>
  )
}

/** Field for one seed or several. A single one is stored as before there were sweeps, so that old links hold. */
function SeedsField() {
  const draft = useDraft()
  // Text being typed, which is not replaced while the field has the focus.
  const [typed, setTyped] = useState<string>()
  const text = typed ?? seedsText(draft)
  const take = (next: string) => {
    setTyped(next)
    const { seeds } = readSeeds(next, LARGEST_SEED)
    const [only] = seeds ?? []
    if (only !== undefined && seeds?.length === 1) changeDraft({ seed: only, seeds: '' })
    else changeDraft({ seeds: next.trim() || NO_SEEDS })
  }
  return (
    <TextInput
      label="Seeds"
      description="One run for each: 1, or 1, 2, 3, or 1-5."
      inputMode="text"
      autoComplete="off"
      value={text}
      error={readSeeds(text, LARGEST_SEED).problem}
      onChange={({ currentTarget }) => take(currentTarget.value)}
      onBlur={() => setTyped(undefined)}
    />
  )
}

function TagsField() {
  const { tags } = useDraft()
  const next = useTraining(({ runs }) => nextSweepTag(runs ?? []))
  return (
    <TextInput
      label="Tags"
      description="Of all these runs, separated by commas."
      autoComplete="off"
      placeholder={next}
      value={tags}
      error={readTags(tags).problem}
      onChange={({ currentTarget }) => changeDraft({ tags: currentTarget.value })}
    />
  )
}
