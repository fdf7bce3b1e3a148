import { Button, Text, Textarea, TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { islandProblem } from '../../alignment/map-schema.ts'
import { type Point, worldOf } from '../../island/index.ts'
import { type IslandFile, parseIsland } from '../../procedure/island-file.ts'
import { problemOf } from '../sentences.ts'
import { addressOf } from '../stores/island-choice.ts'
import { useRoute } from '../stores/route.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { Introduction } from '../ui/Introduction.tsx'
import { IslandFileButtons } from '../ui/IslandFileButtons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { SteadyButton } from '../ui/SteadyButton.tsx'
import { useCopiedLink } from '../ui/use-copied-link.ts'
import {
  add,
  beginEditing,
  edit,
  endEditing,
  endRun,
  openIsland,
  redo,
  undo,
  useEditing,
  writeAddress,
} from './editing.ts'
import classes from './IslandPage.module.css'
import { MapEditor } from './MapEditor.tsx'
import { SelectedThing } from './SelectedThing.tsx'
import type { AddedKind } from './things.ts'
import { useUndoKeys } from './use-undo-keys.ts'

/** Editor of islands: what is drawn here can be played on at once. */
export default function IslandPage() {
  const asked = useRoute(({ params }) => params.get('island'))
  // Also when somebody puts another island into the address of this page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read in there
  useEffect(beginEditing, [asked])
  useEffect(() => {
    window.addEventListener('pagehide', writeAddress)
    return () => {
      window.removeEventListener('pagehide', writeAddress)
      endEditing()
    }
  }, [])
  const island = useEditing((state) => state.island)
  const announcement = useEditing((state) => state.announcement)
  const announced = useEditing((state) => state.announced)
  const unread = useEditing((state) => state.problem)
  const drawing = useRef<SVGSVGElement>(null)
  useUndoKeys(drawing)
  const problem = useMemo(() => islandProblem(island.map), [island.map])
  return (
    <div className={kit.page}>
      <Introduction title="Draw an island">
        Move corners, obstacles, jumppads and spawns by pointer or with the arrow keys, and watch
        how an agent that was trained elsewhere does here. The address carries the island, so a link
        to this page is the island.
      </Introduction>
      {unread ? (
        <Notice tone="problem" role="alert">
          {unread}
        </Notice>
      ) : null}
      <div className={classes.parts}>
        <section className={`${kit.card} ${classes.map}`} aria-label="Island">
          <Tools />
          <MapEditor drawing={drawing} />
        </section>
        <aside className={classes.aside} aria-label="About this island">
          <Check island={island} problem={problem} />
          <SelectedThing onRemoved={() => drawing.current?.focus()} />
          <About island={island} />
        </aside>
      </div>
      <Announcer label="Announcements">
        {/* A new element is announced even if its text is the same. */}
        <span key={announced}>{announcement}</span>
      </Announcer>
    </div>
  )
}

const ADDED: readonly { readonly kind: AddedKind; readonly words: string }[] = [
  { kind: 'jumppad', words: 'Add a jumppad' },
  { kind: 'obstacle', words: 'Add an obstacle' },
  { kind: 'spawn', words: 'Add a spawn' },
  { kind: 'ground', words: 'Add ground' },
]

function Tools() {
  const { past, future, island } = useEditing()
  return (
    <section className={kit.row} aria-label="Changes">
      <SteadyButton isReady={past.length > 0} onClick={undo}>
        Undo
      </SteadyButton>
      <SteadyButton isReady={future.length > 0} onClick={redo}>
        Redo
      </SteadyButton>
      {ADDED.map(({ kind, words }) => (
        <Button key={kind} size="xs" variant="default" onClick={() => add(kind, middleOf(island))}>
          {words}
        </Button>
      ))}
    </section>
  )
}

/** Returns the middle of the island, where new things appear. */
function middleOf({ map }: IslandFile): Point {
  const { minX, maxX, minZ, maxZ } = worldOf({ island: map }).bounds
  return { x: Math.round((minX + maxX) / 2), z: Math.round((minZ + maxZ) / 2) }
}

interface CheckProps {
  readonly island: IslandFile
  readonly problem: string | undefined
}

/** Says whether the island can be played on, and leads to the pages that do. */
function Check({ island, problem }: CheckProps) {
  const value = addressOf(island)
  return (
    <section className={kit.card} aria-labelledby="play-title">
      <h2 className={kit.asideTitle} id="play-title">
        Play on it
      </h2>
      {problem === undefined ? (
        <>
          <Text size="sm" role="status">
            Every jumppad can be reached from every spawn.
          </Text>
          <div className={kit.row}>
            <Button
              size="sm"
              component="a"
              onClick={writeAddress}
              href={`#/watch?${new URLSearchParams({ model: 'aligned-left', island: value })}`}
            >
              Watch an agent
            </Button>
            <Button
              size="sm"
              variant="default"
              component="a"
              onClick={writeAddress}
              href={`#/watch?${new URLSearchParams({ model: 'fine-tuned', island: value, hands: 'own' })}`}
            >
              Play yourself
            </Button>
            <Button
              size="sm"
              variant="default"
              component="a"
              onClick={writeAddress}
              href={`#/evaluate?${new URLSearchParams({ island: value })}`}
            >
              Evaluate
            </Button>
            <Button
              size="sm"
              variant="default"
              component="a"
              onClick={writeAddress}
              href={`#/label?${new URLSearchParams({ island: value })}`}
            >
              Compare clips
            </Button>
          </div>
        </>
      ) : (
        <Notice tone="warning" role="status">
          {problem}
        </Notice>
      )}
    </section>
  )
}

function About({ island }: { readonly island: IslandFile }) {
  const [told, setTold] = useState<string>()
  // An island has a title: a field that is left empty gets back the one that it had.
  const [isTitleEmpty, setTitleEmpty] = useState(false)
  const [titleBefore, setTitleBefore] = useState(island.title)
  const { copied, copy } = useCopiedLink('island', (result) =>
    setTold('notice' in result ? result.notice : undefined),
  )
  const open = async (file: File) => {
    try {
      const read = parseIsland(await file.text())
      setTold(undefined)
      openIsland(read)
    } catch (error) {
      setTold(problemOf(error))
    }
  }
  return (
    <section className={kit.card} aria-labelledby="about-title" onBlur={endRun}>
      <h2 className={kit.asideTitle} id="about-title">
        The island
      </h2>
      <TextInput
        size="sm"
        label="Title"
        maxLength={60}
        value={isTitleEmpty ? '' : island.title}
        onChange={({ currentTarget: { value: title } }) => {
          setTitleEmpty(title.trim() === '')
          if (title.trim() !== '') edit({ title }, { run: 'title' })
        }}
        onFocus={() => setTitleBefore(island.title)}
        onBlur={() => {
          if (isTitleEmpty) edit({ title: titleBefore }, { run: 'title' })
          setTitleEmpty(false)
        }}
      />
      <Textarea
        size="sm"
        label="What it is for"
        maxLength={300}
        autosize
        value={island.about}
        onChange={({ currentTarget: { value: about } }) => edit({ about }, { run: 'about' })}
      />
      <div className={kit.row}>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            writeAddress()
            void copy(location.href)
          }}
        >
          {copied ? 'Copied' : 'Copy link'}
        </Button>
        <IslandFileButtons
          island={island}
          fileName="island.json"
          onOpen={(file) => void open(file)}
        />
      </div>
      {told ? (
        <Notice tone="problem" role="alert">
          {told}
        </Notice>
      ) : null}
    </section>
  )
}
