import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Log } from '../../../src-main/app/log'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-app-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('every line says when and who', () => {
  new Log(folder).write('engine', 'one\n\ntwo\n')
  const lines = readFileSync(join(folder, 'main.log'), 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\S+Z engine: one$/)
})

test('a log keeps within two files of about a megabyte', () => {
  const log = new Log(folder)
  for (let line = 0; line < 40; line++) log.write('main', 'x'.repeat(100_000))
  expect(readdirSync(folder).sort()).toEqual(['main.log', 'main.old.log'])
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThan(1.2 * 2 ** 20)
  }
})

test('a log that cannot be written fails nobody', () => {
  const log = new Log(folder)
  rmSync(folder, { recursive: true })
  expect(() => {
    log.write('main', 'a full disk is no reason to lose the answer as well')
  }).not.toThrow()
})
