import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { expectNoViolations } from './accessibility'
import { command } from './steps'

/** Where pictures of the window are written. */
export const screenshots = 'artefacts/screenshots'

/** A picture of a view in each theme, and what axe finds in it: nothing. */
export async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['Light', 'Dark']) {
    await command(page, `Theme: ${theme.toLowerCase()}`)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase())
    // The chart is redrawn in the theme's colours, and menus fade.
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(screenshots, `${name}-${theme.toLowerCase()}.png`) })
    await expectNoViolations(page, `${name}, ${theme}`)
  }
}
