/** Clips of a policy that neither the desk nor a training has used, played by the labelling worker. */
import type { Clip } from '../../alignment/labels/index.ts'
import { type IslandMap, mapDigest } from '../../island/index.ts'
import { connectLabellingWorker } from '../../lab/labelling/connect.ts'
import type { Candidate } from '../data/candidates.ts'

/** Receives the share that is done, 0…1. */
export type OnPart = (part: number) => void

/** Root seed of the clips: not that of the desk, and hardly that of a study. */
const SEED = 3_141_592_653

/** Number of clips played between two reports, and thus the longest that a stop waits for. */
const AT_A_TIME = 32

/** Clips played before on this page, by the policy and the island. */
const played = new Map<string, Clip[]>()

/**
 * Resolves to the first `count` fresh clips of a policy on an island; undefined stands for the first one.
 * Clips that were played before are not played again. Rejects soon after `signal` aborts.
 */
export async function freshClips(
  policy: Candidate,
  island: IslandMap | undefined,
  count: number,
  onPart: OnPart,
  signal: AbortSignal,
): Promise<readonly Clip[]> {
  const name = `${policy.sha256} ${island ? mapDigest(island) : ''}`
  const clips = played.get(name) ?? []
  played.set(name, clips)
  if (clips.length >= count) return clips.slice(0, count)
  const { worker, end } = connectLabellingWorker()
  try {
    await worker.open({ model: await policy.source(), digest: policy.sha256 })
    for (let first = clips.length; first < count; first += AT_A_TIME) {
      signal.throwIfAborted()
      onPart(first / count)
      const more = await worker.play({ first, count: AT_A_TIME, seed: SEED, island })
      // Another call may have played the same clips meanwhile.
      if (clips.length === first) clips.push(...more)
    }
  } finally {
    end()
  }
  return clips.slice(0, count)
}
