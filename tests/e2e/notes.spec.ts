import { expect } from '@playwright/test'
import { test } from './lab'
import { chooseTheme, doShortRun, openSection, waitForEngine } from './steps'

test('notes and the title are written in the window, read as Markdown, and are there again', async ({
  machine
}) => {
  const first = await machine.start()
  await waitForEngine(first.page)
  await doShortRun(first.page)
  const note = first.page.getByRole('region', { name: 'Note of the run' })
  await note.getByRole('button', { name: 'Add a note' }).click()
  const text = '## Agreement\n\nSee **Figure 3**; [paper](https://arxiv.org/abs/2405.15539).\n\n'
  await note.getByRole('textbox').fill(`${text}| m | loss |\n|---|---|\n| 1 | 0.5 |`)
  await expect(note.getByRole('group', { name: 'Preview' }).getByRole('table')).toBeVisible()
  await first.page.screenshot({ path: 'artefacts/screenshots/note-editor.png' })
  await note.getByRole('textbox').press('Control+Enter')
  await expect(note.getByRole('heading', { name: 'Agreement' })).toBeVisible()

  await openSection(first.page, 'Start')
  const panel = first.page.getByRole('region', { name: 'This session' })
  await panel.getByRole('button', { name: 'Rename' }).click()
  await panel.getByLabel('Title of the session').fill('Sign networks')
  await first.page.keyboard.press('Enter')
  await expect(panel.getByRole('heading', { name: 'Sign networks' })).toBeVisible()
  await panel.getByRole('button', { name: 'Add a note' }).click()
  await panel.getByRole('textbox').fill('Compare with the *paper*.')
  await panel.getByRole('button', { name: 'Save note' }).click()
  await expect(panel.locator('em')).toHaveText('paper')
  await first.app.close()

  const { page } = await machine.start()
  await waitForEngine(page)
  await chooseTheme(page, 'Dark')
  await openSection(page, 'Start')
  await expect(page.getByRole('heading', { name: 'Sign networks' }).first()).toBeVisible()
  await page.screenshot({ path: 'artefacts/screenshots/notes-start-dark.png' })
  await page.getByRole('list', { name: 'Runs' }).getByRole('button').first().click()
  await expect(page.getByRole('heading', { name: 'Agreement', exact: true })).toBeVisible()
  await page.screenshot({ path: 'artefacts/screenshots/notes-run-dark.png' })
})
