import type { GeneratorKind } from '@shared/design/dataset'
import type { Provenance } from '@shared/design/datasets/bundled-sets'
import { formatCount } from '@shared/figures/numbers'
import type { DatasetList, StoredDataset } from '@shared/protocol/datasets'
import { identityKey, type DataIdentity } from '../../state/data-draft'

/** Where data come from, in the order of the list. */
export const entryGroups = [
  { kind: 'generator', title: 'Generators' },
  { kind: 'bundled', title: 'Real data of the lab' },
  { kind: 'stored', title: 'Stored in this session' }
] as const

/** Data that can be looked at. */
export interface DataEntry {
  readonly key: string
  readonly identity: DataIdentity
  readonly group: (typeof entryGroups)[number]['kind']
  readonly title: string
  /** Its size; null for generators, which have any. */
  readonly detail: string | null
  /** A sentence or two. */
  readonly about: string
  /** The target in TeX; null for data that were measured. */
  readonly formula: string | null
  /** Names of classes; null where the targets are numbers or depend on parameters. */
  readonly classNames: readonly string[] | null
  /** Where the data come from, term by term; empty for generators. */
  readonly origin: readonly { readonly term: string; readonly says: string }[]
}

/** All data that there are, generators first. */
export function dataEntries({ generators, bundled, stored }: DatasetList): DataEntry[] {
  return [
    ...generators.map(({ kind, title, description, formula }): DataEntry => {
      const identity = { kind: kind as GeneratorKind }
      return {
        ...{ key: identityKey(identity), identity, group: 'generator', title },
        ...{ detail: null, about: description, formula },
        ...{ classNames: null, origin: [] }
      }
    }),
    ...bundled.map(bundledEntry),
    ...stored.map(storedEntry)
  ]
}

function bundledEntry(set: Provenance): DataEntry {
  const identity = { kind: 'bundled', set: set.id } as const
  return {
    ...{ key: identityKey(identity), identity, group: 'bundled', title: set.title },
    detail: sizeOf(set.rows, set.inputs),
    ...{ about: set.about, formula: null, classNames: set.classNames },
    origin: [
      { term: 'Origin', says: set.origin },
      { term: 'Citation', says: set.citation },
      { term: 'Licence', says: set.licence },
      { term: 'Taken from', says: set.source.package },
      { term: 'SHA-256 of the file', says: set.sha256 }
    ]
  }
}

function storedEntry({
  sha256,
  name,
  rows,
  inputNames,
  targets,
  origin
}: StoredDataset): DataEntry {
  const identity = { kind: 'stored', sha256 } as const
  const isClasses = targets.kind === 'classes'
  return {
    ...{ key: identityKey(identity), identity, group: 'stored', title: name },
    detail: sizeOf(rows, inputNames.length),
    about: `Learned from ${inputNames.join(', ')}: ${isClasses ? 'the classes ' : ''}${targets.names.join(', ')}.`,
    ...{ formula: null, classNames: isClasses ? targets.names : null },
    origin: [
      { term: 'File', says: `${origin.fileName}, ${formatCount(origin.fileBytes)} bytes` },
      { term: 'Imported', says: origin.importedAt },
      { term: 'SHA-256 of the contents', says: sha256 },
      { term: 'SHA-256 of the file', says: origin.fileSha256 }
    ]
  }
}

function sizeOf(rows: number, inputs: number): string {
  return `${formatCount(rows)} rows, ${formatCount(inputs)} ${inputs === 1 ? 'input' : 'inputs'}`
}
