import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { islandNamed } from '../../island/index.ts'
import { readManifest } from '../../procedure/manifest.ts'
import { currentCandidates, findCandidate } from '../data/candidates.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { askedBeside, followed } from './address.ts'
import { draftSession, onIsland } from './session.ts'

const MANIFEST = new URL('../../../models/manifest.json', import.meta.url)
const NOTHING_READ = useCatalogue.getInitialState()

beforeAll(() => {
  const models = readManifest(JSON.parse(readFileSync(MANIFEST, 'utf8')))
  useCatalogue.setState({ models, shelf: [] })
})

afterAll(() => useCatalogue.setState(NOTHING_READ, true))

function agent(name: string) {
  return findCandidate(currentCandidates(), name) ?? expect.fail(`There is no model “${name}”.`)
}

/** Returns a session about the fine-tuned agent on the island called “A fourth jumppad”. */
const session = () =>
  onIsland(draftSession(agent('fine-tuned'), 'Ada', undefined), islandNamed('fourth'))

describe('a session that is being set up', () => {
  it.each([
    ['', 'fine-tuned', 'A fourth jumppad'],
    ['island=longer', 'fine-tuned', islandNamed('longer')?.title],
    // A link that names an agent is about the first island unless it names another.
    ['model=nano', 'nano', undefined],
    ['model=nano&island=fourth', 'nano', 'A fourth jumppad'],
  ])('follows the address “%s”', (address, name, island) => {
    const { session: next, problems } = followed(session(), new URLSearchParams(address))
    expect(problems).toEqual([])
    expect(next.policy.digest).toBe(agent(name).sha256)
    expect(next.island?.title).toBe(island)
  })

  it.each([
    ['model=file-deadbeef', 'There is no agent “file-deadbeef”'],
    // It plays no clips.
    ['model=reward-left', 'There is no agent “reward-left”'],
    ['model=base&island=nowhere', 'There is no island “nowhere”'],
  ])('says what of the address “%s” there is not, and what it has instead', (address, problem) => {
    const { session: next, problems } = followed(session(), new URLSearchParams(address))
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(problems[0]).toMatch(/instead/)
    expect(next.island).toBeUndefined()
  })
})

describe('a session that has begun', () => {
  it.each(['', 'model=fine-tuned', 'model=fine-tuned&island=fourth', 'island=fourth'])(
    'is what the address “%s” asks for',
    (address) => {
      expect(askedBeside(session(), new URLSearchParams(address))).toEqual([])
    },
  )

  it.each([
    [
      'model=nano',
      'Your session about another agent is not finished, so it continues. End it to compare clips of “Base (nano)”.',
    ],
    [
      'island=home',
      'Your session on “A fourth jumppad” is not finished, so it continues. End it to compare clips on “The first island”.',
    ],
    [
      'model=nano&island=home',
      'Your session about another agent on “A fourth jumppad” is not finished, so it continues. End it to compare clips of “Base (nano)” on “The first island”.',
    ],
  ])('goes on beside the address “%s”, and says so', (address, problem) => {
    expect(askedBeside(session(), new URLSearchParams(address))).toEqual([problem])
  })

  it('says that there is no such agent, but not before the list of agents is read', () => {
    const params = new URLSearchParams('model=file-deadbeef')
    const problem = expect.stringMatching(/^There is no agent “file-deadbeef”.*end it to choose/)
    expect(askedBeside(session(), params)).toEqual([problem])
    const begun = session()
    const { models } = useCatalogue.getState()
    useCatalogue.setState({ models: undefined })
    expect(askedBeside(begun, params)).toEqual([])
    useCatalogue.setState({ models })
  })

  it('says that there is no such island where it is on the first one, which would be shown instead', () => {
    const params = new URLSearchParams('island=nowhere')
    expect(askedBeside(onIsland(session(), undefined), params)).toEqual([
      expect.stringContaining('There is no island “nowhere”'),
    ])
  })
})
