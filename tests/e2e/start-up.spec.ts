import { mkdirSync, writeFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { test } from './lab'
import { openSection, waitForEngine } from './steps'

/** A measurement, not a judgement: how fast a start is depends on what else the machine does. */
test('how long a start takes is written to artefacts/reports/start-up.json', async ({
  machine
}) => {
  const { app, page } = await machine.start()
  await openSection(page, 'Help')
  await expect(page.getByRole('heading', { name: 'Glossary' })).toBeVisible()
  const startedAt = await app.evaluate(() => process.getCreationTime())
  if (startedAt === null) throw new Error('the system does not say when the application started')
  const paintedAt = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return paint ? performance.timeOrigin + paint.startTime : null
  })
  if (paintedAt === null) throw new Error('nothing was painted')
  await waitForEngine(page)
  const engineAt = Date.now()
  const report = {
    windowMs: Math.round(paintedAt - startedAt),
    engineMs: Math.round(engineAt - startedAt)
  }
  mkdirSync('artefacts/reports', { recursive: true })
  writeFileSync('artefacts/reports/start-up.json', `${JSON.stringify(report, null, 2)}\n`)
  console.log(
    `window drawn after ${report.windowMs} ms, engine ready after ${report.engineMs} ms at most`
  )
  expect(report.windowMs).toBeGreaterThan(0)
  expect(report.engineMs).toBeGreaterThan(report.windowMs)
})
