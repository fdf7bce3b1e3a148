import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, vi } from 'vitest'
import { codeVersion } from '../../cells/code-version.ts'
import { LocalRunner } from '../../cells/local-runner.ts'
import { CellMachine } from '../../cells/machine.ts'
import { ModelFolder } from '../../cells/model-folder.ts'
import type { CellRunner } from '../../cells/runner.ts'
import { KINDS } from '../kinds.ts'

/**
 * Returns a function that resolves to everything an experiment yields, computed on this machine without a
 * word on standard error. Finished cells are kept from call to call, until the tests of the file end.
 */
export function localCells() {
  let work = ''
  beforeAll(async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    work = await mkdtemp(join(tmpdir(), 'jumppad-cells-'))
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    await rm(work, { recursive: true })
  })
  return async <Result>(
    experiment: (runner: CellRunner) => AsyncGenerator<Result>,
  ): Promise<Result[]> => {
    const machine = new CellMachine(work, new ModelFolder(join(work, 'models')), KINDS)
    const runner = new LocalRunner(machine, 1, await codeVersion())
    const found: Result[] = []
    try {
      for await (const result of experiment(runner)) found.push(result)
    } finally {
      await runner.close()
    }
    return found
  }
}
