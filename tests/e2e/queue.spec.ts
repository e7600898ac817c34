import { join } from 'node:path'
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { expectNoViolations } from './accessibility'
import { test } from './lab'
import { chooseTheme, choosePreset, openSection, startLongRun, waitForEngine } from './steps'

const screenshots = 'artefacts/screenshots'

const waiting = (page: Page) => page.getByRole('list', { name: 'Waiting' }).getByRole('listitem')
const left = (page: Page) => page.getByRole('list', { name: 'Left over' }).getByRole('listitem')

/** Queues four tiny runs that differ in their seed. */
async function sweepSeeds(page: Page): Promise<void> {
  await choosePreset(page, /^Quick/)
  await page.getByLabel('Networks per ensemble').fill('2')
  await page.getByLabel('Steps', { exact: true }).fill('20')
  await page.getByRole('button', { name: 'Sweep…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sweep' })
  await dialog.getByLabel('Values').fill('1..x')
  await expect(dialog.getByRole('button', { name: /^Queue/ })).toBeDisabled()
  await dialog.getByLabel('Values').fill('1..4')
  await expect(dialog.getByText('Time (estimate)')).toBeVisible()
  await page.screenshot({ path: join(screenshots, 'sweep-light.png') })
  await expectNoViolations(page, 'sweep')
  await dialog.getByRole('button', { name: 'Queue 4 runs' }).click()
  await expect(dialog).toBeHidden()
}

/** Whole milliseconds that something took. */
async function took(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return Math.round(performance.now() - start)
}

/** Writes what was measured for people to read: nothing here is a matter of passing. */
function report(name: string, measured: object): void {
  mkdirSync('artefacts/reports', { recursive: true })
  writeFileSync(`artefacts/reports/${name}.json`, `${JSON.stringify(measured)}\n`)
}

/** How long the page could not answer, each time that it was more than 50 ms. */
function longTasks(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = []
        const observer = new PerformanceObserver((list) => {
          found.push(...list.getEntries().map((entry) => Math.round(entry.duration)))
        })
        observer.observe({ entryTypes: ['longtask'] })
        setTimeout(() => {
          observer.disconnect()
          resolve(found)
        }, duration)
      }),
    forMs
  )
}

test('a sweep waits, is reordered, loses a run, gets it back, and is picked up after a restart', async ({
  machine
}) => {
  test.slow()
  const first = await machine.start()
  const { page } = first
  await waitForEngine(page)
  await startLongRun(page)
  await test.step('networks in training are shown against the prediction at their step', async () => {
    const training = page.getByRole('region', { name: 'Networks in training', exact: true })
    await expect(training).toContainText(/width \d+: step [1-9].*t = .*GFLOP\/s/s)
    await expect(training.getByRole('img').first()).toBeVisible()
    await expect(page.getByRole('region', { name: /^Loss of the networks/ })).toBeVisible()
    await page.screenshot({ path: join(screenshots, 'live-light.png') })
    await chooseTheme(page, 'Dark')
    await page.screenshot({ path: join(screenshots, 'live-dark.png') })
    await expectNoViolations(page, 'networks in training')
    report('live-long-tasks', { ms: await longTasks(page, 3000) })
    await chooseTheme(page, 'Light')
  })
  await sweepSeeds(page)
  await expect(waiting(page)).toHaveText([/seed=1/, /seed=2/, /seed=3/, /seed=4/])

  await test.step('moved by button and by keyboard', async () => {
    await page.getByRole('button', { name: /^Move seed=4 .* to the beginning$/ }).click()
    await expect(waiting(page)).toHaveText([/seed=4/, /seed=1/, /seed=2/, /seed=3/])
    await waiting(page).first().getByRole('button').first().focus()
    await page.keyboard.press('Alt+ArrowDown')
    await expect(waiting(page)).toHaveText([/seed=1/, /seed=4/, /seed=2/, /seed=3/])
  })
  await page.screenshot({ path: join(screenshots, 'queue-waiting-light.png') })
  await expectNoViolations(page, 'queue, light')

  await test.step('one is cancelled at once, and repeated as a new run', async () => {
    await page.getByRole('button', { name: /^Cancel seed=2/ }).click()
    const ms = await took(async () => {
      await page.getByRole('button', { name: 'Cancel the run' }).click()
      await expect(waiting(page)).toHaveText([/seed=1/, /seed=4/, /seed=3/])
    })
    report('cancel-waiting', { ms })
    await page.getByRole('button', { name: /^Retry seed=2/ }).click()
    await expect(waiting(page)).toHaveText([/seed=1/, /seed=4/, /seed=3/, /seed=2/])
  })
  await chooseTheme(page, 'Dark')
  await page.screenshot({ path: join(screenshots, 'queue-ended-dark.png') })
  await expectNoViolations(page, 'queue, dark')
  await first.app.close()

  const again = await machine.start()
  await waitForEngine(again.page)
  await expect(again.page.getByTestId('engine-report')).toContainText('5 left in the queue')
  await again.page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(left(again.page)).toHaveText([
    /Figure 3.*interrupted/s,
    /seed=1.*queued/s,
    /seed=4/,
    /seed=3/,
    /seed=2/
  ])
  await again.page.screenshot({ path: join(screenshots, 'queue-left-dark.png') })
  await again.page.getByRole('button', { name: /^Pause Figure 3/ }).click()
  await expect(left(again.page)).toHaveCount(4)
  await again.page.getByRole('button', { name: 'Take the queue up again' }).click()
  await openSection(again.page, 'Queue')
  await expect(again.page.getByText('Nothing is computed.')).toBeVisible({ timeout: 90_000 })
  await openSection(again.page, 'Runs')
  await expect(again.page.getByRole('row', { name: /seed=\d.*completed/ })).toHaveCount(4)
})
