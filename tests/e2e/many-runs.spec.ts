import { expect, type Page } from '@playwright/test'
import { makeLargeSession } from '../bench/harness/large-session'
import { test } from './lab'
import { openSection, waitForEngine } from './steps'

const RUNS = 1000

/** Has the page note every task that kept it from answering. */
const watchTasks = (page: Page) =>
  page.evaluate(() => {
    const tasks: number[] = []
    Object.assign(window, { tasks })
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))
    }).observe({ entryTypes: ['longtask'] })
  })
const longTasks = (page: Page) =>
  page.evaluate(() => (window as never as { tasks: number[] }).tasks)

test('a thousand runs are scrolled, sorted and searched without a stop', async ({ machine }) => {
  test.slow()
  makeLargeSession(machine.session, { runs: RUNS, kernelBytes: 0, recordedSteps: 2 })
  const { page } = await machine.start()
  await waitForEngine(page)
  await openSection(page, 'Runs')
  const table = page.getByRole('tabpanel').getByRole('table')
  await expect(table).toHaveAttribute('aria-rowcount', String(RUNS + 1))
  await expect(
    page.getByRole('button', { name: `run ${RUNS}`, exact: false }).first()
  ).toBeVisible()
  // Only rows in sight are in the page.
  expect(await table.getByRole('row').count()).toBeLessThan(100)
  await page.screenshot({ path: 'artefacts/screenshots/many-runs.png' })

  await watchTasks(page)
  const frame = page.locator('.frame')
  for (let i = 0; i < 20; i++) {
    await frame.evaluate((element) => {
      element.scrollTop += 700
    })
    await page.waitForTimeout(30)
  }
  await frame.evaluate((element) => {
    element.scrollTop = element.scrollHeight
  })
  await expect(table.getByRole('button', { name: /, run 1$/ })).toBeVisible()
  const scrolling = await longTasks(page)

  await table.getByRole('button', { name: 'finalLoss' }).click()
  await frame.evaluate((element) => {
    element.scrollTop = 0
  })
  await expect(table.getByRole('row').nth(1)).toContainText('0.001')
  await page.getByLabel('Search').fill('seed=417')
  await expect(table.getByRole('button', { name: /, run 418$/ })).toBeVisible()
  await expect(table).toHaveAttribute('aria-rowcount', '2')
  const all = await longTasks(page)
  test.info().annotations.push({
    type: 'long tasks (ms)',
    description: `scrolling ${scrolling.join(', ')}; in all ${all.join(', ')}`
  })
})
