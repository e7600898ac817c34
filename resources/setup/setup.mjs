import { parseArgs } from 'node:util'
import { ensureReady } from './ensure-ready.mjs'
import { fail } from './fail.mjs'

const { values } = parseArgs({
  options: {
    verify: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false }
  }
})

try {
  await ensureReady({
    engine: true,
    desktop: true,
    virtualScreen: true,
    build: !values['no-build'],
    verify: values.verify
  })
} catch (error) {
  fail(error)
}
