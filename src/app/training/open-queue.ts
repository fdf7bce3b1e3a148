/** Connects the training queue to this page: its worker, its address, its store. */
import { connectTrainingWorker } from '../../lab/training/connect.ts'
import { hasPendingRuns, TrainingQueue } from '../../lab/training/queue.ts'
import type { TrainingState } from '../../lab/training/queue-state.ts'
import type { DeviceChoice } from '../../lab/worker/choices.ts'
import { labDatabase } from '../data/database.ts'
import { addressOf } from '../data/site.ts'
import { unreadableSentence } from '../sentences.ts'
import { useRoute } from '../stores/route.ts'
import { useTraining } from '../stores/training.ts'
import { noteUnderWay } from './under-way.ts'

/** Resolves to the queue once it has read the runs; an interrupted run is then resumed. */
export async function openQueue(): Promise<TrainingQueue> {
  const queue = new TrainingQueue({
    database: await labDatabase(),
    locks: navigator.locks,
    models: addressOf(''),
    connect: connectTrainingWorker,
    askedDevice,
    now: () => new Date(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onState: show,
    unreadable: (count) => unreadableSentence(count, 'run'),
  })
  await queue.open()
  return queue
}

function askedDevice(): DeviceChoice | undefined {
  const { params } = useRoute.getState()
  const asked = params.get('device') ?? new URLSearchParams(location.search).get('device')
  return asked === 'wasm' || asked === 'webgpu' ? asked : undefined
}

function show(changes: Partial<TrainingState>): void {
  useTraining.setState(changes)
  if (changes.runs !== undefined) noteUnderWay(hasPendingRuns(changes.runs))
  const { live } = useTraining.getState()
  // A paused run needs no warning: it resumes at its last checkpoint. The listener is added only while
  // needed, as it keeps pages out of the back/forward cache.
  if (live === undefined || live.phase === 'paused') {
    removeEventListener('beforeunload', askBeforeLeaving)
  } else addEventListener('beforeunload', askBeforeLeaving)
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
