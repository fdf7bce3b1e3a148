/** The evaluation worker: plays hundreds of episodes while the page stays free. */
import './without-eval.ts'
import { expose } from 'comlink'
import { ActingRoom } from './acting-room.ts'
import { createEvaluationHost } from './evaluation-host.ts'
import { fetchPolicy, fetchReward } from './fetch-model.ts'
import { holdLifeline } from './lifeline.ts'
import { tellLoadedFiles } from './loaded-files.ts'

const now = () => performance.now()

expose(
  createEvaluationHost({
    room: new ActingRoom(now),
    fetchPolicy: (source) => fetchPolicy(source),
    fetchReward,
    now,
    breathe: () => new Promise((resolve) => setTimeout(resolve)),
  }),
)
tellLoadedFiles()
holdLifeline()
