import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { studyReportSchema } from '@shared/studies/study-report'
import { runTangent } from './tangent'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-study-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const tangent = (...args: string[]) => runTangent(['study', ...args], folder)

test('lists the studies, and says what is missing or unknown', () => {
  expect(tangent('list').stdout).toMatch(/ill-posedness .*\n.*nadaraya-watson/)
  expect(tangent('ill-posedness')).toMatchObject({ status: 2 })
  expect(tangent('ill-posedness').stderr).toContain('--session: state the .tangent file')
  const unknown = tangent('nothing', '--session', 'a.tangent')
  expect([unknown.status, unknown.stderr]).toEqual([
    2,
    expect.stringContaining('there is no study nothing: there are ill-posedness,')
  ])
})

test('computes a study, exports its report, tables and figures, and fills in its page', () => {
  const page = (results: string): string =>
    '# Page\n\n<!-- prettier-ignore-start -->\n' +
    `<!-- results: written by "tangent study … --docs" -->${results}` +
    '<!-- end of results -->\n<!-- prettier-ignore-end -->\n'
  writeFileSync(join(folder, 'nadaraya-watson.md'), page('\nold results\n'))
  const study = ['nadaraya-watson', '--session', 'lab.tangent', '--json']
  const { status, stdout, stderr } = tangent(...study, '--export', 'out', '--docs', '.')
  expect([status, stderr]).toEqual([0, expect.stringContaining('wrote out/report.json')])
  const report = studyReportSchema.parse(JSON.parse(stdout))
  expect(report).toMatchObject({ status: 'completed', study: 'nadaraya-watson', size: 'quick' })
  const files = readdirSync(join(folder, 'out'))
  expect(files).toEqual(
    expect.arrayContaining(['report.json', 'circle.svg', 'circle.pdf', 'circle.png'])
  )
  const csv = readFileSync(join(folder, 'out', 'circle-depth-1.csv'), 'utf8').split('\n')
  expect(csv[0]).toBe('m,same class as the limit,right class,error of m^L f_∞')
  expect(csv.filter((line) => line !== '')).toHaveLength(6)
  const filled = readFileSync(join(folder, 'nadaraya-watson.md'), 'utf8')
  expect(filled).toContain('circle labels, depth 1: accuracy of the limit')
  expect(filled).not.toContain('old results')
  expect(readdirSync(join(folder, 'nadaraya-watson'))).toContain('circle.svg')

  // A page without a place for results stays as it is.
  writeFileSync(join(folder, 'nadaraya-watson.md'), '# Page\n')
  const refused = tangent(...study, '--docs', '.')
  expect([refused.status, refused.stderr]).toEqual([
    1,
    expect.stringContaining('nadaraya-watson.md has no place for results')
  ])
})
