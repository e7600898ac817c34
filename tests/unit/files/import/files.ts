import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DatasetPreview, ImportOptions } from '@shared/protocol/datasets'
import { openTable } from '../../../../src-main/files/import/open-table'
import { previewTable } from '../../../../src-main/files/import/preview-table'

/** Writes a file that goes with the test. */
export function file(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'tangent-import-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A file that numpy wrote. */
export function numpyFile(name: string): string {
  return join(import.meta.dirname, 'numpy', name)
}

export async function preview(path: string, options: ImportOptions = {}): Promise<DatasetPreview> {
  return previewTable(await openTable(path, options))
}
