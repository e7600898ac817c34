import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { figureSpecSchema } from '@shared/figures/figure-request'
import { exportStoredFigures } from '../../src-main/export/stored-figure-files'
import { newSessionPath, open } from './open'
import { noTables, storeRun } from './stored-run'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-stored-figures-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const spec = (runId: string, title: string) =>
  figureSpecSchema.parse({
    source: { kind: 'loss', runId, ensembleIndex: 0 },
    edits: { title, series: [{ name: 'mean loss', label: 'average' }] },
    ...{ theme: 'print', width: 300, height: 200, fontSize: 7 }
  })

test('stored figures are written as they were edited, each under a name of its own', async () => {
  const session = open(newSessionPath())
  storeRun(session, 'a')
  for (const [id, name] of [
    ['0123456789', 'Loss by step'],
    ['9876543210', 'loss: by step'],
    ['abcdefghij', 'σ']
  ] as const) {
    session.organiser.saveFigure({ id, name, spec: spec('a', `title of ${id}`) })
  }
  const choice = { formats: ['svg', 'pdf'], dotsPerInch: 300 } as const
  const files = await exportStoredFigures({ session, tables: noTables }, folder, choice)
  expect(files.map((file) => basename(file))).toEqual([
    ...['loss-by-step.svg', 'loss-by-step.pdf'],
    ...['loss-by-step-98765432.svg', 'loss-by-step-98765432.pdf'],
    ...['abcdefgh.svg', 'abcdefgh.pdf']
  ])
  const svg = readFileSync(join(folder, 'loss-by-step.svg'), 'utf8')
  expect(svg).toMatch(/^<svg width="79.375mm" height="52.917mm"/)
  expect(svg).toContain('title of 0123456789')
  expect(svg).toContain('>average<')
  expect(svg).not.toContain('>mean loss<')
})

test('a stored figure of a run that is no more names the run', async () => {
  const session = open(newSessionPath())
  session.organiser.saveFigure({ id: 'f', name: 'f', spec: spec('gone', 't') })
  const choice = { formats: ['svg'], dotsPerInch: 300 } as const
  const written = exportStoredFigures({ session, tables: noTables }, folder, choice)
  await expect(written).rejects.toThrow(/gone/)
})
