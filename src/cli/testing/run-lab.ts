/** Commands for tests, run in the test's own process. */
import { vi } from 'vitest'
import { lab as runLab } from '../lab.ts'

export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command in this process: starting Node with all modules takes longer than most commands do. */
export async function lab(...words: string[]): Promise<Said> {
  const said = { out: '', err: '' }
  const listen = (stream: NodeJS.WriteStream, name: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text, ...rest: unknown[]) => {
      said[name] += typeof text === 'string' ? text : new TextDecoder().decode(text)
      for (const each of rest) if (typeof each === 'function') each()
      return true
    })
  const spies = [listen(process.stdout, 'out'), listen(process.stderr, 'err')]
  try {
    const code = await runLab(words)
    return { code, ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
