import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test, type RunningLab } from './lab'
import { choosePreset, chooseTheme, readAgreement, waitForEngine } from './steps'

const screenshots = 'artefacts/screenshots'

async function atStandardSize({ app }: RunningLab): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
}

async function screenshotBothThemes(page: Page, name: string): Promise<void> {
  for (const theme of ['Light', 'Dark']) {
    await chooseTheme(page, theme)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase())
    // The chart is redrawn in the theme's colours.
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(screenshots, `${name}-${theme.toLowerCase()}.png`) })
  }
}

test('a user designs, runs, compares, exports, and finds it all again', async ({ machine }) => {
  const lab = await machine.start()
  const { page } = lab
  await atStandardSize(lab)

  await test.step('the engine says what computes', async () => {
    await waitForEngine(page)
    await expect(page.getByTestId('engine-report')).toContainText(/SQLite 3\.\d+/)
    await expect(page.getByTestId('engine-report')).toContainText(/CPU|GPU/)
  })

  await test.step('a preset is picked and launched', async () => {
    await choosePreset(page, /^Quick/)
    await screenshotBothThemes(page, 'design')
    await page.getByRole('button', { name: 'Launch' }).click()
  })

  await test.step('progress is shown, with an estimate of the time left', async () => {
    const progress = page.getByRole('region', { name: 'Progress' })
    await expect(progress.getByRole('progressbar')).toBeVisible()
    await expect(progress).toContainText(/about .+ left \(estimate\)/)
    await expect(page.getByTestId('run-status')).toHaveText(/running/)
    await expect(
      page.getByRole('region', { name: 'Training loss' }).getByRole('img').first()
    ).toBeVisible()
    await page.screenshot({ path: join(screenshots, 'progress-dark.png') })
    await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 150_000 })
  })

  const agreement = await test.step('the ensemble is compared with the prediction', async () => {
    const chart = page.getByRole('region', { name: 'Comparison' }).getByRole('img').first()
    await expect(chart.locator('text', { hasText: 'ensemble mean' })).toBeVisible()
    await expect(chart.locator('text', { hasText: 'SG-NTK prediction' })).toBeVisible()
    const shown = await readAgreement(page)
    expect(Object.keys(shown)).toEqual([
      'RMSE of the mean',
      'rms z',
      'p of the mean',
      'max |z|',
      'rms z of the deviation',
      'p of the deviation',
      'mean in the band',
      'members in the band',
      'RMSE to NNGP regression'
    ])
    for (const [name, value] of Object.entries(shown)) {
      expect(Number.isFinite(Number.parseFloat(value)), `${name}: ${value}`).toBe(true)
    }
    // Outputs are of the order of 2: this is agreement of the means to about 5 %, at width 256.
    expect(Number(shown['RMSE of the mean'])).toBeLessThan(0.2)
    expect(Number(shown['RMSE of the mean'])).toBeGreaterThan(0)
    await screenshotBothThemes(page, 'comparison')
    return shown
  })

  await test.step('figures are exported', async () => {
    for (const what of ['comparison', 'training loss']) {
      for (const format of ['SVG', 'PNG']) {
        const before = readdirSync(machine.exports)
        await page.getByRole('button', { name: `Export ${what} as ${format}` }).click()
        await expect
          .poll(() => readdirSync(machine.exports).filter((name) => !before.includes(name)))
          .toHaveLength(1)
      }
    }
    const names = readdirSync(machine.exports)
    expect(names.filter((name) => name.endsWith('.svg'))).toHaveLength(2)
    for (const name of names) {
      const bytes = readFileSync(join(machine.exports, name))
      if (name.endsWith('.svg')) {
        const svg = bytes.toString('utf8')
        expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/)
        expect(svg).toMatch(/SG-NTK|predicted loss/)
        expect(svg).not.toMatch(/<script|href="http/)
      } else {
        expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
        // 300 dots an inch: more than three times as many as on a screen.
        expect(bytes.readUInt32BE(16)).toBeGreaterThan(1500)
      }
    }
    await expect(page.getByRole('status', { name: 'Messages' })).toContainText(machine.exports)
  })

  await test.step('everything is there after a restart', async () => {
    expect(lab.said, 'nothing was refused by the content security policy').toEqual([])
    await lab.app.close()
    expect(existsSync(machine.session)).toBe(true)
    // No --session: the last one is remembered.
    const again = await machine.start('--disable-gpu')
    await waitForEngine(again.page)
    const runs = again.page.getByRole('list', { name: 'Runs' }).getByRole('button')
    await expect(runs).toHaveCount(1)
    await runs.click()
    await expect(again.page.getByTestId('run-status')).toHaveText(/completed/)
    expect(await readAgreement(again.page)).toEqual(agreement)
    await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'dark')
    expect(again.said).toEqual([])
  })
})
