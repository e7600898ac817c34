import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { runTangent } from '../cli/tangent'
import { test } from './lab'
import { choosePreset, documentTabs, waitForEngine } from './steps'

const OPEN_RUNS = 50
/** What users notice as a stutter. */
const LONG_TASK_MS = 100

declare global {
  interface Window {
    /** Durations of tasks over 50 ms since the watch began, ms. */
    longTasks: number[]
  }
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.longTasks = []
    new PerformanceObserver((list) => {
      window.longTasks.push(...list.getEntries().map(({ duration }) => duration))
    }).observe({ type: 'longtask' })
  })
}

/** Measurements, not judgements: they depend on what else the machine does, which is told with them. */
test('how the window fares in a run and with 50 runs open is written to artefacts/reports/window-load.json', async ({
  machine
}) => {
  test.slow()
  const file = join(machine.folder, 'specification.json')
  const preset = readFileSync('resources/presets/quick.json', 'utf8')
  const { experiment } = JSON.parse(preset) as { experiment: object }
  const small = { ...experiment, widths: [32], ensembleSize: 4, steps: 20 }
  writeFileSync(file, JSON.stringify(small))
  const session = ['--session', machine.session]
  const { status, stderr } = runTangent([
    'run',
    file,
    ...session,
    '--sweep',
    `seed=1..${OPEN_RUNS}`
  ])
  expect(status, stderr).toBe(0)

  const { app, page } = await machine.start()
  await waitForEngine(page)
  await choosePreset(page, /^Quick/)
  await watchLongTasks(page)
  await page.getByRole('button', { name: 'Launch' }).click()
  await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 150_000 })
  const duringRun = await page.evaluate(() => window.longTasks.splice(0))

  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('button')
  for (let i = 0; i < OPEN_RUNS; i++) {
    await runs.nth(i + 1).click()
    await expect(page.getByTestId('agreement')).toBeVisible()
  }
  await expect(documentTabs(page)).toHaveCount(OPEN_RUNS + 3)
  const memory = await app.evaluate(({ app: electron }) => {
    const metrics = electron.getAppMetrics().find(({ type }) => type === 'Tab')
    return metrics ? metrics.memory.workingSetSize : null
  })
  if (memory === null) throw new Error('the system does not tell of the page’s memory')
  const long = duringRun.filter((duration) => duration > LONG_TASK_MS)
  const report = {
    loadAverage: loadavg()[0],
    run: {
      tasksOver100Ms: long.length,
      longestTaskMs: Math.round(Math.max(0, ...duringRun))
    },
    openRuns: OPEN_RUNS,
    pageMemoryMiB: Math.round(memory / 1024)
  }
  mkdirSync('artefacts/reports', { recursive: true })
  writeFileSync('artefacts/reports/window-load.json', `${JSON.stringify(report, null, 2)}\n`)
  console.log(JSON.stringify(report))
  expect(report.pageMemoryMiB).toBeGreaterThan(0)
})
