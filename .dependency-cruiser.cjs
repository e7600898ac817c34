/** Directions between the trees and inside them; `npm run check:structure` holds the code against it. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-a-leaf',
      comment: 'src-shared is pure: no Node, no Electron, no native part, no other tree',
      severity: 'error',
      from: { path: '^src-shared' },
      to: {
        path: '^src-(main|renderer)|^electron$|node_modules/(electron|@tensorflow|better-sqlite3)'
      }
    },
    {
      name: 'shared-without-node',
      severity: 'error',
      from: { path: '^src-shared' },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'renderer-is-sandboxed',
      severity: 'error',
      from: { path: '^src-renderer' },
      to: { path: '^src-main|^electron$|node_modules/(electron|@tensorflow|better-sqlite3)' }
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^src-renderer' },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'engine-without-electron',
      comment: 'the engine also runs under the command line, in plain Node',
      severity: 'error',
      from: { path: '^src-main/(engine|session|files|export|cli)' },
      to: { path: '^electron$|node_modules/electron|^src-main/app' }
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$' },
      to: {}
    }
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.svelte'] }
  }
}
