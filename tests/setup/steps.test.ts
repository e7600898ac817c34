import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { Report } from '../../resources/setup/report.mjs'
import { allReady, runSteps } from '../../resources/setup/steps.mjs'

function collectingReport() {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    }
  })
  return { report: new Report({ stream }), text: () => text }
}

/** A step that notes its name when it is installed. */
function step(name: string, done: string[], more: object = {}) {
  return {
    name,
    needs: [] as string[],
    isReady: () => done.includes(name),
    install: () => {
      done.push(name)
      return Promise.resolve('installed')
    },
    ...more
  }
}

const failing = { install: () => Promise.reject(new Error('offline')) }

test('only what is not ready is installed, and in the order of the needs', async () => {
  const done = ['packages']
  const steps = [
    step('packages', done),
    step('addon', done, { needs: ['packages'] }),
    step('app', done, { needs: ['addon', 'no such step'] })
  ]
  const { report, text } = collectingReport()
  expect(await allReady(steps)).toBe(false)
  expect(await runSteps(steps, report)).toEqual([])
  expect(done).toEqual(['packages', 'addon', 'app'])
  expect(await allReady(steps)).toBe(true)
  expect(text()).toMatch(/^set-up: addon: installed \(.* s\)\nset-up: app: installed \(.* s\)\n$/)
})

test('what needs a failed step is left out, and everything else still runs', async () => {
  const done: string[] = []
  const { report, text } = collectingReport()
  const failed = await runSteps(
    [
      step('packages', done, failing),
      step('addon', done, { needs: ['packages'] }),
      step('runtime', done)
    ],
    report
  )
  expect(failed).toEqual(['packages', 'addon'])
  expect(done).toEqual(['runtime'])
  expect(text()).toContain('packages: FAILED\nError: offline')
})

test('what is ready stays so, whatever its needs', async () => {
  const { report } = collectingReport()
  const steps = [step('compiler', [], failing), step('addon', ['addon'], { needs: ['compiler'] })]
  expect(await runSteps(steps, report)).toEqual(['compiler'])
})

test('a failed optional step is told and does not fail the whole', async () => {
  const { report, text } = collectingReport()
  const steps = [step('libraries', [], { ...failing, optional: true })]
  expect(await runSteps(steps, report)).toEqual([])
  expect(text()).toContain('libraries: not installed')
})
