import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './lab'
import { command, waitForEngine } from './steps'

/** Moves the focus to an element as keyboard users do. */
async function reach(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${String(target)}`)
}

/** Chooses from the field that has the focus the option that begins with some letters. */
async function choose(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.type(letters, { delay: 20 })
  await expect(page.locator('[role=option][data-highlighted]')).toContainText(letters)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox')).toHaveCount(0)
}

test('a network of differing layers is designed and launched by keyboard alone', async ({
  machine
}) => {
  const { page, said } = await machine.start()
  await waitForEngine(page)
  await page.keyboard.press('Control+2')
  const layers = page.getByRole('tablist', { name: 'Layers' }).getByRole('tab')
  const activation = page.getByRole('combobox', { name: 'Activation' })
  const surrogate = page.getByRole('combobox', { name: 'Surrogate derivative' })

  await test.step('the second of two layers gets φ and ψ of its own', async () => {
    await expect(layers).toHaveText([/^All layers/, /^1/, /^2/, /^Output/])
    await reach(page, layers.nth(0))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(layers.nth(2)).toBeFocused()
    await expect(page.getByRole('group', { name: 'Hidden layer 2 of 2' })).toBeVisible()
    await reach(page, activation)
    await choose(page, 'Error')
    await reach(page, surrogate)
    await choose(page, 'Boxcar')
    await expect(layers.nth(2)).toHaveText(/Error function.*ψ: Boxcar/)
    await expect(layers.nth(1)).toHaveText(/Sign/)
  })

  await test.step('layers change places, and that is undone', async () => {
    await reach(page, layers.nth(2), 'Shift+Tab')
    await page.keyboard.press('Alt+ArrowUp')
    await expect(layers.nth(1)).toHaveText(/^1.*Error function/)
    await expect(layers.nth(1)).toBeFocused()
    await page.keyboard.press('Control+Z')
    await expect(layers.nth(2)).toHaveText(/^2.*Error function/)
    await page.keyboard.press('Control+Shift+Z')
    await expect(layers.nth(1)).toHaveText(/^1.*Error function/)
    await page.keyboard.press('Control+Z')
  })

  await test.step('the rest gets another surrogate', async () => {
    await reach(page, page.locator('[role=tab][data-state=active].layer'), 'Shift+Tab')
    await page.keyboard.press('Home')
    await expect(layers.nth(0)).toBeFocused()
    await reach(page, surrogate)
    await choose(page, 'Fast')
    await expect(layers.nth(1)).toHaveText(/ψ: Fast sigmoid/)
    await expect(layers.nth(2)).toHaveText(/ψ: Boxcar/)
  })

  await test.step('the theory of it is there', async () => {
    const preview = page.getByRole('region', { name: 'Theory preview' })
    await expect(preview).toContainText('on the design’s data: 15 training and 100 test points')
    await expect(preview).toContainText(/E φ² = 1\b/)
  })

  await test.step('it runs', async () => {
    await reach(page, page.getByLabel('Networks per ensemble'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('4')
    await reach(page, page.getByLabel('Steps', { exact: true }))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('50')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 60_000 })
  })

  await test.step('as it was designed', async () => {
    await page.keyboard.press('Control+K')
    await page.keyboard.type('Edit a copy')
    await page.keyboard.press('Enter')
    await expect(layers.nth(1)).toHaveText(/^1.*Sign.*ψ: Fast sigmoid/)
    await expect(layers.nth(2)).toHaveText(/^2.*Error function.*ψ: Boxcar/)
    await expect(page.getByLabel('Networks per ensemble')).toHaveValue('4')
  })
  expect(said, 'nothing was refused by the content security policy').toEqual([])
})

test('the experiment is changed, saved and opened as JSON', async ({ machine }) => {
  const { page, said } = await machine.start()
  await waitForEngine(page)
  await page.keyboard.press('Control+2')
  await page.getByRole('button', { name: 'JSON' }).click()
  const editor = page.getByRole('textbox', { name: 'Experiment as JSON' })
  const panel = page.getByRole('region', { name: 'Experiment as JSON' })
  await expect(editor).toContainText('"depthHidden": 2')

  await test.step('problems are told at their places', async () => {
    await editor.focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText('{"name": "Typed", "steps": 2.5}')
    await expect(panel.getByRole('status')).toContainText(/data: .*and \d more/)
    await expect(page.locator('.cm-lintRange-error').last()).toHaveText('2.5')
    await expect(panel.getByRole('button', { name: 'Apply' })).toBeDisabled()
    await panel.getByRole('button', { name: 'Discard changes' }).click()
    await expect(editor).toContainText('"depthHidden": 2')
  })

  const saved = join(machine.exports, 'quick-sign-networks-against-the-sg-ntk.json')
  await test.step('a file is saved, and another one opened and applied', async () => {
    await panel.getByRole('button', { name: 'Save…' }).click()
    await expect(page.getByText(`Saved ${saved}`)).toBeVisible()
    const experiment = JSON.parse(readFileSync(saved, 'utf8')) as { design: object }
    const design = { ...experiment.design, depthHidden: 3 }
    writeFileSync(join(machine.exports, 'import.json'), JSON.stringify({ ...experiment, design }))
    await panel.getByRole('button', { name: 'Open…' }).click()
    await expect(panel.getByRole('status')).toContainText('Not taken over yet')
    await panel.getByRole('button', { name: 'Apply' }).click()
    const layers = page.getByRole('tablist', { name: 'Layers' }).getByRole('tab')
    await expect(layers).toHaveCount(5)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(layers).toHaveCount(4)
  })

  await test.step('it goes to the clipboard', async () => {
    await panel.getByRole('button', { name: 'Copy' }).click()
    await expect(page.getByText('Copied the experiment as JSON')).toBeVisible()
  })

  await test.step('everyone can read it', async () => {
    for (const theme of ['light', 'dark']) {
      await command(page, `Theme: ${theme}`)
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await page.waitForTimeout(400)
      await page.screenshot({ path: `artefacts/screenshots/design-json-${theme}.png` })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
      expect.soft(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    }
  })
  expect(said, 'nothing was refused by the content security policy').toEqual([])
})
