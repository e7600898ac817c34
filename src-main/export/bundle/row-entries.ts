import type { RunDetail } from '@shared/protocol/results'
import { textContent, type ZipEntry } from '../../files/zip-writer'
import { ownerKinds } from '../../session/schema'
import type { Session } from '../../session/session'
import { npyEntry } from '../numpy-data'

/** A run's part of a bundle: what was computed, how it reads, its rows, and its arrays. */
export function runEntries(session: Session, run: RunDetail, folder: string): ZipEntry[] {
  const arrayPath = (kind: string, index: string | number, name: string): string =>
    `${folder}/arrays/${kind}-${index}/${name}`
  const rows = session.rows(
    'run',
    run.id,
    (column) => `${arrayPath(column('owner_kind'), column('owner_index'), column('name'))}.npy`
  )
  return [
    jsonEntry(`${folder}/experiment.json`, run.experiment),
    jsonEntry(`${folder}/run.json`, run),
    jsonEntry(`${folder}/rows.json`, rows),
    ...session
      .listArrays(run.id)
      .toSorted((a, b) => ownerKinds.indexOf(a.ownerKind) - ownerKinds.indexOf(b.ownerKind))
      .map(({ ownerKind, ownerIndex, name }) =>
        npyEntry(arrayPath(ownerKind, ownerIndex, name), () =>
          session.readArray(run.id, ownerKind, ownerIndex, name)
        )
      )
  ]
}

/** The rows of a figure or a study, which have no arrays. */
export function rowsEntry(
  session: Session,
  root: 'figure' | 'study',
  { id, folder }: { readonly id: string; readonly folder: string }
): ZipEntry {
  const rows = session.rows(root, id, () => '')
  return jsonEntry(`${folder}/rows.json`, rows)
}

/** The part of a bundle that stored data are: their rows, and their numbers. */
export function datasetEntries(session: Session, sha256: string, folder: string): ZipEntry[] {
  const rows = session.rows('dataset', sha256, (column) => `${folder}/${column('name')}.npy`)
  return [
    jsonEntry(`${folder}/rows.json`, rows),
    ...(['inputs', 'targets'] as const).map((name) =>
      npyEntry(`${folder}/${name}`, () => session.readDatasetArray(sha256, name))
    )
  ]
}

function jsonEntry(path: string, value: unknown): ZipEntry {
  return { path, compress: true, content: textContent(`${JSON.stringify(value, null, 1)}\n`) }
}
