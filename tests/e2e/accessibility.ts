import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * Expects axe to find nothing wrong with what is on show.
 *
 * @param where named in the report
 * @param except rules that do not apply there
 */
export async function expectNoViolations(
  page: Page,
  where: string,
  except: string[] = []
): Promise<void> {
  // Electron cannot open the page that the builder would collect its results in.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .disableRules(except)
    .analyze()
  const told = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`)
  }))
  expect.soft(told, where).toEqual([])
}
