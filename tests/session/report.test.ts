import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { renderFrom } from '../../src-main/export/figure-files'
import { sessionReport } from '../../src-main/export/report/collect-report'
import type { Session } from '../../src-main/session/session'
import { newSessionPath, open } from './open'
import { classified, figure, sampleDataset, sampleStudy, studyContent } from './sample-values'
import { noTables, storeRun } from './stored-run'

const hostile = '</style><script>alert("κ")</script><img src=x onerror=alert(1)>'
const note = `# Plan\n\n* first\n${hostile}`

function sample(): Session {
  const session = open(newSessionPath())
  storeRun(session, 'a')
  storeRun(session, 'b')
  session.addDataset(sampleDataset(classified, { name: hostile }))
  session.organiser.editRuns([{ runId: 'a', name: hostile, note, tags: ['paper'] }])
  session.organiser.editInfo({ title: hostile, note })
  return session
}

async function reported(session: Session): Promise<string> {
  return sessionReport({ session, tables: noTables }, renderFrom({ session, tables: noTables }), [
    'a',
    'b'
  ])
}

async function parsed(session: Session) {
  const text = await reported(session)
  const { document } = new Window()
  document.documentElement.innerHTML = text
  return { text, document }
}

test('shows runs with their tables, notes and figures', async () => {
  const { document } = await parsed(sample())
  expect([...document.querySelectorAll('h2')].map(({ textContent }) => textContent)).toEqual([
    'Overview',
    hostile,
    'run b',
    'Stored data'
  ])
  const notes = document.querySelector('header .note')
  expect(notes?.querySelector('h3')?.textContent).toBe('Plan')
  expect(notes?.querySelector('li')?.textContent).toContain(hostile)
  expect(document.body.textContent).toContain('#paper')
  expect(document.body.textContent).toContain('erf_prime(m = 1)')
  // Two ensembles, two figures each, for a light ground and a dark one.
  expect(document.querySelectorAll('#run-2, section[aria-labelledby="run-2"] figure')).toHaveLength(
    5
  )
  expect(document.querySelectorAll('figure svg')).toHaveLength(2 * 2 * 4)
})

test('shows the session’s own figures and its studies with their findings', async () => {
  const session = sample()
  session.organiser.saveFigure({ ...figure, name: hostile })
  session.studies.add(sampleStudy)
  session.studies.addPart(sampleStudy.id, 'a', 0, studyContent('a', 'b'))
  session.studies.update(sampleStudy.id, { status: 'completed' })
  const { document } = await parsed(session)
  const figures = document.querySelector('section[aria-labelledby="figures"]')
  expect(figures?.querySelectorAll('svg')).toHaveLength(2)
  expect(figures?.querySelector('figcaption')?.textContent).toBe(hostile)
  const study = document.querySelector('section[aria-labelledby="study-1"]')
  expect(study?.querySelector('h2')?.textContent).toBe('Study ill-posedness, quick')
  expect(study?.querySelector('tbody th')?.textContent).toBe('a')
  expect(study?.querySelector('tbody td')?.textContent).toBe('0.1 ± 0.01')
})

test('texts of users stay texts, and nothing is loaded from elsewhere or run', async () => {
  const { text, document } = await parsed(sample())
  expect(document.querySelectorAll('script, img, iframe, link, object, embed')).toHaveLength(0)
  expect(text).not.toMatch(/ on\w+=(?!alert)/)
  expect(text.match(/<script/g)).toBeNull()
  const urls = [...text.matchAll(/(?:src|href|url\()[=("' ]*([a-z]+:[^"')]{0,30})/g)].map(
    ([, url]) => url
  )
  expect(urls.every((url) => url?.startsWith('data:'))).toBe(true)
  expect(text).toContain(`default-src 'none'`)
})

test('every name in the document is one element’s, and every reference has its element', async () => {
  const { text } = await parsed(sample())
  const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const references = [...text.matchAll(/(?:href="|url\()#([^")]*)/g)].map(([, id]) => id)
  expect(references.length).toBeGreaterThan(2)
  expect(references.filter((id) => !ids.includes(id))).toEqual([])
})

test('is the same for the same session', async () => {
  const session = sample()
  expect(await reported(session)).toBe(await reported(session))
})
