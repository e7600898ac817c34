import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeFileAtomically } from '../../../src-main/files/write-atomically'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tangent-files-'))
  onTestFinished(() => {
    rmSync(made, { recursive: true })
  })
  return made
}
const bytes = Buffer.from('new')
const fileProblem = expect.objectContaining({ code: 'file-problem' }) as unknown as Error

test('makes a file, and replaces one', async () => {
  const path = join(folder(), 'a.svg')
  await writeFileAtomically(path, Buffer.from('old'))
  expect(readFileSync(path, 'utf8')).toBe('old')
  await writeFileAtomically(path, bytes)
  expect(readFileSync(path, 'utf8')).toBe('new')
})

test('leaves nothing beside the file', async () => {
  const inside = folder()
  await writeFileAtomically(join(inside, 'a.svg'), bytes)
  expect(readdirSync(inside)).toEqual(['a.svg'])
})

test('a failure in writing leaves the old file as it was, and nothing beside it', async () => {
  const inside = folder()
  const path = join(inside, 'a.svg')
  writeFileSync(path, 'old')
  const notBytes = { byteLength: 3 } as Uint8Array
  await expect(writeFileAtomically(path, notBytes)).rejects.toThrow(fileProblem)
  expect(readFileSync(path, 'utf8')).toBe('old')
  expect(readdirSync(inside)).toEqual(['a.svg'])
})

test('a failure in replacing leaves what was there, and nothing beside it', async () => {
  const inside = folder()
  const taken = join(inside, 'taken')
  mkdirSync(join(taken, 'by a folder'), { recursive: true })
  await expect(writeFileAtomically(taken, bytes)).rejects.toThrow(fileProblem)
  expect(readdirSync(inside)).toEqual(['taken'])
})

test('a missing folder is a problem that names the file', async () => {
  const path = join(folder(), 'missing', 'a.svg')
  await expect(writeFileAtomically(path, bytes)).rejects.toThrow(path)
})
