/** Connects the training queue to this page: its worker, its address, its store. */
import { connectTrainingWorker } from '../../lab/training/connect.ts'
import { hasPendingRuns, TrainingQueue } from '../../lab/training/queue.ts'
import type { TrainingState } from '../../lab/training/queue-state.ts'
import type { DeviceChoice } from '../../lab/worker/choices.ts'
import type { Run } from '../../storage/run-record.ts'
import { labDatabase } from '../data/database.ts'
import { loadShelf } from '../data/shelf.ts'
import { addressOf } from '../data/site.ts'
import { unreadableSentence } from '../sentences.ts'
import { useRoute } from '../stores/route.ts'
import { useTraining } from '../stores/training.ts'
import { noteUnderWay } from './under-way.ts'

/** Returns a queue that has not read its runs yet. */
export async function createQueue(): Promise<TrainingQueue> {
  return new TrainingQueue({
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
}

function askedDevice(): DeviceChoice | undefined {
  const { params } = useRoute.getState()
  const asked = params.get('device') ?? new URLSearchParams(location.search).get('device')
  return asked === 'wasm' || asked === 'webgpu' ? asked : undefined
}

function show(changes: Partial<TrainingState>): void {
  useTraining.setState(changes)
  if (changes.runs !== undefined) {
    noteUnderWay(hasPendingRuns(changes.runs))
    followResults(changes.runs)
  }
  const { live } = useTraining.getState()
  // A paused run needs no warning: it resumes at its last checkpoint. The listener is added only while
  // needed, as it keeps pages out of the back/forward cache.
  if (live === undefined || live.phase === 'paused') {
    removeEventListener('beforeunload', askBeforeLeaving)
  } else addEventListener('beforeunload', askBeforeLeaving)
}

/** Digests of the models that runs had produced when the shelf was read last. */
let produced = ''

/** Reads the shelf again when a run, of whatever tab, has put a model there. */
function followResults(runs: readonly Run[]): void {
  const results = runs.map(({ result }) => `${result?.policy}${result?.reward}`).join()
  if (results === produced) return
  produced = results
  void loadShelf()
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
