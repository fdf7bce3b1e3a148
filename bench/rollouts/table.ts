/** Rollout timings as Markdown table rows. */
import type { RolloutTimes } from './workload.ts'

export const ISLANDS = [1, 16, 64, 256]
export const ROUNDS = 3

export const HEADER = [
  '| where | islands | decisions a second | rendering µs | physics µs | inference µs | sampling µs |',
  '|---|---:|---:|---:|---:|---:|---:|',
]

/** Returns the fastest of several rounds, because other load on the machine can only slow them down. */
export async function fastest(play: () => Promise<RolloutTimes>): Promise<RolloutTimes> {
  const rounds: RolloutTimes[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await play())
  const [best] = rounds.sort((a, b) => total(a) - total(b))
  if (best === undefined) throw new Error('Nothing was played')
  return best
}

export function row(where: string, islands: number, times: RolloutTimes): string {
  const each = (milliseconds: number) => ((1000 * milliseconds) / times.decisions).toFixed(1)
  const rate = Math.round((1000 * times.decisions) / total(times))
  const parts = [times.rendering, times.physics, times.inference, times.sampling].map(each)
  return `| ${where} | ${islands} | ${rate} | ${parts.join(' | ')} |`
}

function total({ rendering, inference, sampling, physics }: RolloutTimes): number {
  return rendering + inference + sampling + physics
}
