// Rules about imports: each folder of src/ imports only from folders
// above it. Run by `npm run lint`; lint/rules.test.ts proves that each rule can fail.

const ENGINE = [
  'island',
  'players',
  'graph',
  'network',
  'runtime',
  'alignment',
  'evaluation',
  'procedure',
  'study',
]
const ORDER = [
  ...ENGINE,
  'runtime-web',
  'runtime-node',
  'collector',
  'storage',
  'lab',
  'service-worker',
  'cli',
  'app',
]

/** The only packages the engine may use: none knows of a browser or of Node. */
const ENGINE_PACKAGES = ['zod', 'onnx-buf', '@bufbuild/protobuf']

/** Packages that stay behind one door. */
const DOORS = {
  'onnxruntime-web': ['runtime-web'],
  'onnxruntime-node': ['runtime-node'],
  idb: ['storage'],
  react: ['app'],
  three: ['app'],
}

const folders = (names) => `^src/(${names.join('|')})/`
const npm = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)`

/** Pages of the app. What two of them need lives beside them, in `app/data`, `app/ui` and so on. */
const PAGES = [
  'landing',
  'overview',
  'watch',
  'label',
  'study',
  'train',
  'evaluate',
  'few-labels',
  'island',
  'tour',
]

const page = (names) => `^src/app/(${names.join('|')})/`

const pages = PAGES.map((name) => ({
  name: `page-${name}`,
  severity: 'error',
  comment:
    'No page imports another page: move what both need to app/data, app/ui or another shared folder.',
  from: { path: page([name]) },
  to: { path: page(PAGES.filter((other) => other !== name)) },
}))

/** Folders of the app that pages share: they know no page. */
const SHARED = [
  'data',
  'map',
  'offline',
  'replay',
  'reward-look',
  'scene',
  'shell',
  'stores',
  'training',
  'ui',
]

// A test may set the parts beside each other (a graph and a runtime, say), so layers bind only
// what is shipped.
const TESTS = '\\.test\\.tsx?$'

const layers = ORDER.slice(0, -1).map((folder, index) => ({
  name: `layer-${folder}`,
  severity: 'error',
  comment: `src/${folder} may import only from folders above it in the list.`,
  from: { path: folders([folder]), pathNot: TESTS },
  to: { path: folders(ORDER.slice(index + 1)) },
}))

const runtimes = ['runtime-web', 'runtime-node'].map((folder) => ({
  name: `layer-${folder}-from-runtime`,
  severity: 'error',
  comment: 'A runtime runs graphs; it knows only src/runtime and the folders above it.',
  from: { path: folders([folder]), pathNot: TESTS },
  to: {
    path: '^src/',
    pathNot: folders([folder, ...ENGINE.slice(0, ENGINE.indexOf('runtime') + 1)]),
  },
}))

const doors = Object.entries(DOORS).map(([name, users]) => ({
  name: `door-${name}`,
  severity: 'error',
  comment: `Only ${users.join(' and ')} may import ${name}.`,
  from: { path: '^src/', pathNot: [folders(users), TESTS] },
  to: { path: npm([name]) },
}))

module.exports = {
  forbidden: [
    ...layers,
    ...runtimes,
    ...doors,
    ...pages,
    {
      name: 'shared-without-pages',
      severity: 'error',
      comment: 'Folders that pages share know no page.',
      from: { path: page(SHARED), pathNot: TESTS },
      to: { path: page(PAGES) },
    },
    {
      name: 'graph-knows-no-island',
      severity: 'error',
      comment: 'Graphs are general: they know neither the island nor what they are for.',
      from: { path: folders(['graph']), pathNot: TESTS },
      to: { path: folders(['island', 'players']) },
    },
    {
      name: 'browser-without-node',
      severity: 'error',
      comment: 'What runs in the browser may not import what needs Node.',
      from: {
        path: folders(['runtime-web', 'collector', 'storage', 'lab', 'app']),
        pathNot: TESTS,
      },
      to: { path: folders(['runtime-node', 'cli']) },
    },
    {
      name: 'engine-without-host',
      severity: 'error',
      comment: 'The engine runs in browsers and in Node alike: no built-in modules.',
      from: {
        path: [folders(ENGINE), folders(['runtime-web', 'collector', 'storage', 'lab', 'app'])],
        pathNot: TESTS,
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-packages',
      severity: 'error',
      comment: `The engine may use only ${ENGINE_PACKAGES.join(', ')}.`,
      from: { path: folders(ENGINE), pathNot: TESTS },
      to: { path: 'node_modules', pathNot: npm(ENGINE_PACKAGES) },
    },
    {
      name: 'unresolved',
      severity: 'error',
      comment: 'An import that leads nowhere (or to a package that is not installed).',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '^(virtual:|\\?)|\\?(url|raw|worker)$' },
    },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      comment: 'Nothing that is shipped imports a test.',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle of modules cannot be read from top to bottom.',
      from: { path: '^src/' },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
    },
  },
}
