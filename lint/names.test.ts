import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const source = resolve(import.meta.dirname, '../src')
const DECLARATION =
  /^export (?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)(?=[\s<{=])/gm

/** Returns the files that declare each exported type, class or interface, by name. */
function declarationsIn(texts: Readonly<Record<string, string>>): Map<string, string[]> {
  const files = new Map<string, string[]>()
  for (const [file, text] of Object.entries(texts)) {
    for (const [, name = ''] of text.matchAll(DECLARATION)) {
      files.set(name, [...(files.get(name) ?? []), file])
    }
  }
  return files
}

/** Returns the names that more than one file declares, with these files. */
function declaredTwice(texts: Readonly<Record<string, string>>): [name: string, files: string[]][] {
  return [...declarationsIn(texts)].filter(([, files]) => files.length > 1)
}

// With two types of one name, a reader follows an import to the wrong one.
it('requires every exported type to have a unique name', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
  )
  const texts = files.map((file) => [file, readFileSync(resolve(source, file), 'utf8')])
  expect(files.length).toBeGreaterThan(500)
  expect(declaredTwice(Object.fromEntries(texts))).toEqual([])
})

it('finds a name that two files declare, whatever the kind of declaration', () => {
  expect(
    declaredTwice({
      'a.ts': 'export interface Run {}\nexport type Only<T> = T\ninterface Local {}\n',
      'b.ts': 'export abstract class Run {}\ninterface Local {}\n',
      'c.ts': "export type { Only } from './a.ts'\nexport type Run = number\n",
    }),
  ).toEqual([['Run', ['a.ts', 'b.ts', 'c.ts']]])
})
