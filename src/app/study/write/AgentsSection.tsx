import { ActionIcon, Group } from '@mantine/core'
import { useRef } from 'react'
import { readIsland } from '../../../procedure/island-file.ts'
import { missingJumppad, type Study, withIsland } from '../../../study/index.ts'
import { type Candidate, nextOf, useCandidates } from '../../data/candidates.ts'
import { shelve } from '../../data/shelf.ts'
import { problemOf } from '../../sentences.ts'
import { AddModels } from '../../ui/AddModels.tsx'
import { Dot } from '../../ui/Dot.tsx'
import { IslandFileButton } from '../../ui/IslandFileButtons.tsx'
import { IslandSelect } from '../../ui/IslandSelect.tsx'
import { CloseIcon } from '../../ui/icons.tsx'
import kit from '../../ui/kit.module.css'
import { ModelSelect } from '../../ui/ModelSelect.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../form.tsx'
import { tell, tellProblem } from '../store.ts'
import type { SectionInput } from './sections.tsx'

const MOST_AGENTS = 8

/** Selects the agents whose clips are compared, and the island on which they play. */
export function AgentsSection({ study, prepared, locked, change }: SectionInput) {
  const candidates = useCandidates('policy')
  const { agents } = study
  const choose = (all: readonly Study['agents'][number][]) =>
    change((before) => ({ ...before, agents: [...all] }))
  const remove = (place: number) => {
    choose(agents.toSpliced(place, 1))
    // The pressed button goes, or is that of another agent from now on.
    list.current?.focus({ preventScroll: true })
  }
  const move = (island: Study['island']) => change((before) => withIsland(before, island))
  const missing = missingJumppad(study)
  const list = useRef<HTMLFieldSetElement>(null)
  const taken = agents.flatMap(({ digest }) => candidates.find(withDigest(digest))?.name ?? [])
  return (
    <Section
      title="Agents and island"
      about="Clips of all agents are compared with each other. Each file is named by its digest, so that everybody prepares the same study."
      locked={locked || prepared}
    >
      <fieldset
        ref={list}
        className={`${kit.stack} ${kit.wholeRow}`}
        data-tight
        tabIndex={-1}
        aria-label="Agents"
      >
        {agents.map((agent, place) => (
          <AgentRow
            // biome-ignore lint/suspicious/noArrayIndexKey: an agent is identified by its place
            key={place}
            agent={agent}
            place={place}
            candidates={candidates.filter(
              ({ name, sha256 }) => sha256 === agent.digest || !taken.includes(name),
            )}
            onChoose={({ file, sha256 }) => choose(agents.with(place, { file, digest: sha256 }))}
            onRemove={agents.length > 1 ? () => remove(place) : undefined}
          />
        ))}
        <AddModels
          label="Add an agent"
          full={agents.length >= MOST_AGENTS || taken.length >= candidates.length}
          onAdd={() => {
            const next = candidates.find(({ name }) => name === nextOf(candidates, taken))
            if (next) choose([...agents, { file: next.file, digest: next.sha256 }])
          }}
          onFile={(file) => void addFile(file)}
        />
      </fieldset>
      <IslandSelect className={kit.wholeRow} label="Island" island={study.island} onChange={move} />
      <div className={`${kit.row} ${kit.wholeRow}`}>
        <IslandFileButton onFile={(file) => void openIsland(file, move)} />
      </div>
      {missing === undefined ? null : (
        <Notice tone="warning" role="status">
          The question asks for the {missing} jumppad, which this island does not have: change one
          of them.
        </Notice>
      )}
    </Section>
  )
}

interface AgentRowProps {
  readonly agent: Study['agents'][number]
  readonly place: number
  readonly candidates: readonly Candidate[]
  readonly onRemove: (() => void) | undefined
  onChoose(candidate: Candidate): void
}

function AgentRow({ agent, place, candidates, onChoose, onRemove }: AgentRowProps) {
  const known = candidates.find(withDigest(agent.digest))
  return (
    <Group gap={8} wrap="nowrap">
      <Dot stage={known?.stage ?? 'other'} />
      <ModelSelect
        flex={1}
        miw={0}
        aria-label={`Agent ${place + 1}`}
        name={known?.name ?? agent.file}
        title={`${agent.file} (not on this site or in this browser)`}
        candidates={candidates}
        onChoose={(name) => {
          const chosen = candidates.find((each) => each.name === name)
          if (chosen) onChoose(chosen)
        }}
      />
      {onRemove ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={`Remove agent ${place + 1}`}
          onClick={onRemove}
        >
          <CloseIcon size={16} />
        </ActionIcon>
      ) : null}
    </Group>
  )
}

function withDigest(digest: string): (candidate: Candidate) => boolean {
  return ({ sha256 }) => sha256 === digest
}

async function openIsland(file: File, move: (island: Study['island']) => void): Promise<void> {
  try {
    const { title, map } = readIsland(await file.text())
    move({ title, map })
  } catch (error) {
    tellProblem(problemOf(error))
  }
}

async function addFile(file: File): Promise<void> {
  try {
    const { title, notKept } = await shelve(file)
    tell(`${title} is added: choose it above.${notKept ? ` ${notKept}` : ''}`)
  } catch (error) {
    tellProblem(problemOf(error))
  }
}
