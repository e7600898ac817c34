import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './lab'
import { command, doShortRun, openSection, waitForEngine } from './steps'

const screenshots = 'artefacts/screenshots'

async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await command(page, `Theme: ${theme}`)
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(screenshots, `${name}-${theme}.png`) })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const told = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
    expect.soft(told, `${name}, ${theme}`).toEqual([])
  }
}

interface Drawn {
  readonly words: string[]
  /** Coordinates of every curve and band. */
  readonly curves: number[][]
}

/** What the preview shows and what a file does: words, and curves of many points. */
function drawn(preview: Locator, file: string): Promise<{ shown: Drawn; filed: Drawn }> {
  return preview.locator('svg').evaluate((svg, text) => {
    const parts = (root: Element): Drawn => {
      const outlines = [...root.querySelectorAll('path, polyline, polygon')].map((outline) =>
        (outline.getAttribute('d') ?? outline.getAttribute('points') ?? '')
          .split(/[^-\d.e]+/)
          .filter((part) => part !== '')
          .map(Number)
      )
      return {
        words: [...root.querySelectorAll('text')].map(({ textContent }) => textContent),
        curves: outlines.filter(({ length }) => length > 60)
      }
    }
    const document = new DOMParser().parseFromString(text, 'image/svg+xml')
    return { shown: parts(svg), filed: parts(document.documentElement) }
  }, file)
}

test('a figure is edited, kept, found again and exported as its preview shows it', async ({
  machine
}) => {
  test.slow()
  const lab = await machine.start()
  const { page } = lab
  await lab.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
  await waitForEngine(page)
  await doShortRun(page)
  await page.getByRole('button', { name: 'Edit comparison' }).click()
  const editor = page.getByRole('region', { name: 'Figure editor' })
  const preview = editor.getByRole('img')
  await expect(preview.locator('svg')).toBeVisible()
  await expect(editor.getByRole('status')).toHaveText('not saved yet')

  await test.step('title, size, axes, series and notes', async () => {
    await editor.getByLabel('Title', { exact: true }).fill('What sign networks learn')
    await editor.getByRole('combobox', { name: 'Size' }).click()
    await page.getByRole('option', { name: 'Single column' }).click()
    await look(page, 'figure-editor-frame')
    await editor.getByRole('tab', { name: 'Axes' }).click()
    await editor.getByLabel('Label of y').fill('output f(x)')
    await editor.getByLabel('y from').fill('-3')
    await editor.getByLabel('y to').fill('3')
    await look(page, 'figure-editor-axes')
    await editor.getByRole('tab', { name: 'Series' }).click()
    await editor.getByRole('button', { name: 'ensemble mean' }).click()
    await editor.getByLabel('Name in the legend').fill('mean of 4')
    await editor.getByLabel('Colour of ensemble mean').fill('#cc79a7')
    await look(page, 'figure-editor-series')
    await editor.getByRole('tab', { name: 'Notes' }).click()
    for (const kind of ['words', 'line', 'span']) {
      await editor.getByRole('button', { name: `Add ${kind}` }).click()
    }
    await editor.getByLabel('Words', { exact: true }).fill('here')
    await look(page, 'figure-editor-notes')
    for (const text of ['What sign networks learn', 'output f(x)', 'mean of 4', 'here']) {
      await expect(preview.locator('text').filter({ hasText: text })).toHaveCount(1)
    }
  })

  await test.step('changes are taken back and done again by the keyboard', async () => {
    await editor.getByRole('tab', { name: 'Notes' }).focus()
    await page.keyboard.press('Control+z')
    await expect(preview.locator('text').filter({ hasText: 'here' })).toHaveCount(0)
    await page.keyboard.press('Control+Shift+z')
    await expect(preview.locator('text').filter({ hasText: 'here' })).toHaveCount(1)
  })

  await test.step('it is kept in the session under its name', async () => {
    await editor.getByLabel('Name of the figure').fill('Sign, single column')
    await page.keyboard.press('Control+s')
    await expect(editor.getByRole('status')).toHaveText('saved')
  })

  await test.step('the file has what the preview shows', async () => {
    await editor.getByRole('button', { name: 'Export figure as SVG' }).click()
    await expect(page.getByText(/^Saved .*\.svg$/)).toBeVisible()
    const path = (await page.getByText(/^Saved .*\.svg$/).innerText()).replace('Saved ', '')
    const file = readFileSync(path, 'utf8')
    expect(file).toMatch(/^<svg[^>]* width="85mm" height="68mm"/)
    const { shown, filed } = await drawn(preview, file)
    expect(shown.words).toEqual(filed.words)
    // Four members, their mean, what is predicted with its band, NNGP regression, the target.
    expect(filed.curves).toHaveLength(9)
    // Files have one decimal of a pixel.
    shown.curves.forEach((curve, i) => {
      const other = filed.curves[i] ?? []
      expect(curve).toHaveLength(other.length)
      const apart = curve.map((value, j) => Math.abs(value - (other[j] ?? NaN)))
      expect(Math.max(...apart)).toBeLessThan(0.051)
    })
  })

  await test.step('the list renames, duplicates and deletes, and takes that back', async () => {
    await openSection(page, 'Figures')
    const list = page.getByRole('region', { name: 'Figures of this session' })
    await list.getByRole('button', { name: 'Duplicate Sign, single column' }).click()
    await expect(list.getByRole('row')).toHaveCount(3)
    await list.getByRole('button', { name: 'Rename Sign, single column, copy' }).click()
    await page.getByLabel('New name of').fill('Second')
    await page.keyboard.press('Enter')
    await expect(list.getByRole('button', { name: 'Second', exact: true })).toBeVisible()
    await look(page, 'figures')
    await list.getByRole('button', { name: 'Delete Second' }).click()
    await expect(list.getByRole('row')).toHaveCount(2)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect(list.getByRole('row')).toHaveCount(3)
    await list.getByRole('button', { name: 'Second', exact: true }).click()
    await expect(preview.locator('text').filter({ hasText: 'mean of 4' })).toHaveCount(1)
  })
  expect(lab.said, 'nothing was refused by the content security policy').toEqual([])
})
