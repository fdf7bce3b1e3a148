import type { Cell, CellOutcome, CodeVersion } from '../cell.ts'

export const VERSION: CodeVersion = {
  ...{ app: '1.2.3', world: 2, code: '0123456789abcdef' },
  ...{ node: 20, architecture: 'x64' },
}

/** Returns a cell whose value is the square of a number. */
export function squareCell(number: number, version = VERSION): Cell {
  return {
    ...{ kind: 'square', title: `square of ${number}`, parameters: { number } },
    ...{ inputs: {}, threads: 1, version },
  }
}

/** Returns what any machine finds for a square cell. */
export function squareOutcome({ title }: Cell): CellOutcome {
  const root = Number(title.split(' ').at(-1))
  const value = { square: root ** 2 }
  return { value, models: {}, seconds: 1, trainingSeconds: 1, processor: 'abacus' }
}
