import { expect, test } from 'vitest'
import { finding } from '@shared/studies/finding'
import { newSessionPath, open } from './open'
import { sampleStudy, studyContent } from './sample-values'

const study = (id: string, configHash = '0'.repeat(64)) => ({ ...sampleStudy, id, configHash })
const content = studyContent

test('what parts find comes back in their order, runs once', () => {
  const { studies } = open(newSessionPath())
  studies.add(study('a'))
  studies.addPart('a', 'late', 1, content('late', 'run-1'))
  studies.addPart('a', 'early', 0, content('wrong', 'run-1'))
  studies.addPart('a', 'early', 0, content('early', 'run-1'))
  expect(studies.finishedParts('a')).toEqual(new Set(['early', 'late']))
  const { parameters, content: found, environment } = studies.show('a')
  expect(parameters).toEqual(study('a').parameters)
  expect(environment).toBeNull()
  expect(found).toEqual({
    findings: [...content('early', '').findings, ...content('late', '').findings],
    tables: [...content('early', '').tables, ...content('late', '').tables],
    runIds: ['run-1']
  })
  expect(() => {
    studies.addPart('b', 'early', 0, content('early', 'run-1'))
  }).toThrow()
})

test('numbers that JSON cannot hold are refused when they are stored', () => {
  const { studies } = open(newSessionPath())
  studies.add(study('a'))
  const infinite = {
    ...content('a', 'r'),
    findings: [finding({ id: 'a', label: 'a', value: Infinity })]
  }
  expect(() => {
    studies.addPart('a', 'part', 0, infinite)
  }).toThrow()
  expect(studies.show('a').content.findings).toEqual([])
})

test('the newest study of a configuration that is not completed goes on', () => {
  const { studies } = open(newSessionPath())
  const other = 'f'.repeat(64)
  for (const id of ['a', 'b', 'c']) studies.add(study(id))
  studies.add(study('d', other))
  studies.update('c', { status: 'completed', wallTimeMs: 12 })
  expect(studies.findUnfinished(study('a').configHash)).toBe('b')
  expect(studies.findUnfinished(other)).toBe('d')
  studies.update('d', { status: 'completed' })
  expect(studies.findUnfinished(other)).toBeNull()
  expect(studies.list().map(({ id, status }) => [id, status])).toEqual([
    ...[
      ['d', 'completed'],
      ['c', 'completed'],
      ['b', 'queued'],
      ['a', 'queued']
    ]
  ])
  expect(() => {
    studies.update('e', { status: 'failed' })
  }).toThrow('This session has no study e.')
  expect(() => studies.show('e')).toThrow('This session has no study e.')
})

test('a study that a process left behind is found interrupted', () => {
  const path = newSessionPath()
  const session = open(path)
  session.studies.add(study('a'))
  session.studies.add(study('b'))
  session.studies.update('b', { status: 'running' })
  session.close()
  expect(
    open(path)
      .studies.list()
      .map(({ status }) => status)
  ).toEqual([...['interrupted', 'interrupted']])
})
