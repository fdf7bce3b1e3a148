// Checks that make up `npm test`, and the selection of checks by the arguments after `npm test --`.

import { join } from 'node:path'
import { root, SetupError } from './setup.mjs'

const tool = (...path) => join(root, 'node_modules', ...path)

/** Returns the report file with the counts of a command; a step with several commands has several. */
export const reportFile = (name) => join(root, '.cache', 'reports', `${name}.json`)

const vite = tool('vite/bin/vite.js')

/** Returns a step that runs one project of vitest.config.ts. */
function vitest(project, { title }) {
  return {
    name: project,
    title,
    takesFilters: true,
    commands: [
      {
        name: project,
        words: [
          tool('vitest/vitest.mjs'),
          'run',
          `--project=${project}`,
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${reportFile(project)}`,
        ],
      },
    ],
    count: ({ numPassedTests, numFailedTests }) => [numPassedTests, numFailedTests],
  }
}

/** Returns a command that runs some projects of playwright.config.ts. */
function playwright(name, projects, ...options) {
  return {
    name,
    words: [
      tool('@playwright/test/cli.js'),
      'test',
      '--reporter=list,json',
      '--pass-with-no-tests',
      ...options,
      ...projects.map((project) => `--project=${project}`),
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile(name) },
  }
}

/** Counts tests that passed only on retry as failed. */
const playwrightCount = ({ stats }) => [stats.expected, stats.unexpected + stats.flaky]

const typescript = (project) => ({ words: [tool('@typescript/native/bin/tsc'), '-p', project] })

/**
 * Steps in execution order. An `optional` step runs only if it is named. `sideBySide` steps use one
 * core each and run in parallel. A step with `alongside` runs at the same time as the next one, if
 * that has this name: unit tests compute while tests of pages mostly wait for their browser. A step
 * with `count` takes its counts from the report of each of its commands; any other step counts as
 * one check.
 */
export const STEPS = [
  {
    name: 'lint',
    title: 'style, language rules and unused code',
    sideBySide: true,
    commands: [
      { words: [tool('@biomejs/biome/bin/biome'), 'check', '.'] },
      { words: [tool('knip/bin/knip.js'), '--no-progress'] },
    ],
  },
  {
    name: 'layers',
    title: 'imports between folders',
    sideBySide: true,
    commands: [
      {
        words: [
          tool('dependency-cruiser/bin/dependency-cruise.mjs'),
          'src',
          '--config',
          '.dependency-cruiser.cjs',
        ],
      },
    ],
  },
  {
    name: 'types',
    title: 'TypeScript',
    sideBySide: true,
    commands: ['tsconfig.engine.json', 'tsconfig.worker.json', 'tsconfig.json'].map(typescript),
  },
  {
    name: 'build',
    title: 'the lab as shipped, and pages for tests',
    sideBySide: true,
    commands: [
      { words: [vite, 'build', '--logLevel=warn'] },
      { words: [vite, 'build', '-c', 'e2e/pages/vite.config.ts'] },
    ],
  },
  {
    ...vitest('unit', { title: 'engine, storage, workers and command line, in Node' }),
    alongside: 'pages',
    needsNats: true,
  },
  {
    ...vitest('pages', { title: 'pages with fake workers, in one Chromium' }),
    needsChromium: true,
  },
  {
    name: 'e2e',
    title: 'the build in Chromium: light tests in parallel, then heavy ones alone',
    takesFilters: true,
    needs: 'build',
    needsChromium: true,
    needsNats: true,
    commands: [
      playwright('light', ['light', 'webgpu']),
      playwright('heavy', ['heavy'], '--workers=1'),
    ],
    count: playwrightCount,
  },
  {
    name: 'slow',
    title: 'claims that take a quarter of an hour to verify',
    optional: true,
    needs: 'build',
    needsChromium: true,
    commands: [playwright('slow', ['slow'], '--workers=1')],
    count: playwrightCount,
  },
]

/**
 * Parses the arguments of `npm test --`: steps, then file name filters for those that run tests.
 * Steps that they depend on are added. Throws a SetupError if the first argument is not a step, or
 * if filters are given but no chosen step takes them.
 */
export function chooseSteps(words) {
  const known = STEPS.map(({ name }) => name)
  const first = words.findIndex((word) => !known.includes(word))
  const names = first < 0 ? words : words.slice(0, first)
  const filters = first < 0 ? [] : words.slice(first)
  if (filters.length > 0 && !STEPS.some((step) => step.takesFilters && names.includes(step.name))) {
    throw new SetupError(
      `There is no step "${filters[0]}": choose from ${known.join(', ')}. A part of a file's name may follow unit, pages or e2e, as in: npm test -- unit heatmap`,
    )
  }
  if (names.length === 0) return { steps: STEPS.filter(({ optional }) => !optional), filters }
  const needed = STEPS.flatMap(({ name, needs }) => (names.includes(name) && needs ? [needs] : []))
  return { steps: STEPS.filter(({ name }) => [...names, ...needed].includes(name)), filters }
}
