import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Entry, ZipFile } from 'yauzl'
import type { z } from 'zod'
import {
  bundleManifestSchema,
  bundleRowsSchema,
  bundleVersion,
  type BundleManifest,
  type RowValue
} from '@shared/protocol/bundle'
import { describeProblems, LabError } from '@shared/protocol/errors'
import { storedFromNpy } from '../../files/stored-npy'
import { refusedArchive, unpack, withArchive } from '../../files/zip-reader'
import { Staging, type SqlValue } from '../../session/exchange/staging'
import { encodeArray } from '../../session/stored-array'

/** More files are no bundle. */
const MAXIMUM_ENTRIES = 200_000
/** No text is longer. */
const MAXIMUM_TEXT_BYTES = 2 ** 27
/** SQLite holds no larger array. */
const MAXIMUM_ARRAY_BYTES = 2 ** 30
/** Arrays hardly shrink, and texts to a tenth: what grows more was made to fill the disk. */
const MAXIMUM_GROWTH = 100
const SMALL = 2 ** 24
const MANIFEST = 'manifest.json'
const FILE_TYPE = 0o170000
const REGULAR = 0o100000

/**
 * Reads a bundle into a temporary session and checks everything there: sizes before anything is
 * unpacked, checksums, tables, columns and values, then every row and array as a session reads them.
 *
 * @returns the session with the bundle's contents; the caller disposes of it
 * @throws {LabError} 'invalid-request' with what is wrong, 'session-newer', 'not-found'
 */
export async function readBundle(path: string): Promise<Staging> {
  const name = basename(path)
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new LabError('not-found', `no file ${path}`, { cause })
  })
  return withArchive(path, name, 'bundle', async (archive) => {
    const bundle = await openBundle(archive, name, size)
    const staging = Staging.create(bundle.manifest.sessionFormat)
    try {
      const { datasets, runs, figures, studies } = bundle.manifest
      for (const { folder } of [...datasets, ...runs, ...figures, ...studies]) {
        await stageRows(bundle, staging, folder)
      }
      await bundle.checkUnread()
      await staging.check(() => setImmediate())
      requireRuns(bundle.manifest, staging, name)
      staging.close()
      return staging
    } catch (error) {
      staging.dispose()
      throw error
    }
  })
}

/** An archive whose list of files is known to be sound. */
interface Bundle {
  readonly manifest: BundleManifest
  /** The bytes of a file, of the checksum that the manifest states. */
  readonly read: (path: string, maximumBytes: number) => Promise<Buffer>
  /** Holds what was not read, such as figures, against its checksums. */
  readonly checkUnread: () => Promise<void>
}

async function openBundle(archive: ZipFile, name: string, fileBytes: number): Promise<Bundle> {
  const entries = await listEntries(archive, name, fileBytes)
  const manifestEntry = entries.get(MANIFEST)
  if (!manifestEntry) throw refusedArchive(name, `has no ${MANIFEST}: it is no bundle`)
  if (manifestEntry.uncompressedSize > MAXIMUM_TEXT_BYTES) {
    throw refusedArchive(name, `has a ${MANIFEST} of ${manifestEntry.uncompressedSize} bytes`)
  }
  const text = await unpack(archive, manifestEntry, name)
  const manifest = parsed(text, bundleManifestSchema, `${MANIFEST} of ${name}`)
  if (manifest.version > bundleVersion) {
    throw new LabError(
      'session-newer',
      `${name} is a bundle of version ${manifest.version}, made by Tangent Lab ${manifest.appVersion}; ` +
        `this one reads version ${bundleVersion}: update it, then import the bundle.`
    )
  }
  const files = new Map(manifest.files.map((file) => [file.path, file]))
  const unlisted = [...entries.keys()].find((path) => path !== MANIFEST && !files.has(path))
  if (unlisted !== undefined) {
    throw refusedArchive(name, `has a file ${unlisted} that its ${MANIFEST} does not list`)
  }
  if (files.size < manifest.files.length) {
    throw refusedArchive(name, `has a ${MANIFEST} that lists a file twice`)
  }
  for (const { path, bytes } of manifest.files) {
    const entry = entries.get(path)
    if (!entry) throw refusedArchive(name, `lacks the file ${path}`)
    if (entry.uncompressedSize !== bytes) {
      throw refusedArchive(name, `has ${entry.uncompressedSize} bytes in ${path}, not ${bytes}`)
    }
  }
  const unread = new Set(files.keys())
  const read = async (path: string, maximumBytes: number): Promise<Buffer> => {
    const [entry, file] = [entries.get(path), files.get(path)]
    if (!entry || !file) throw refusedArchive(name, `lacks the file ${path}`)
    if (file.bytes > maximumBytes) {
      throw refusedArchive(name, `has ${file.bytes} bytes in ${path}, more than ${maximumBytes}`)
    }
    unread.delete(path)
    const bytes = await unpack(archive, entry, name)
    if (createHash('sha256').update(bytes).digest('hex') === file.sha256) return bytes
    throw refusedArchive(name, `is damaged: the SHA-256 of ${path} is not that of its ${MANIFEST}`)
  }
  const checkUnread = async (): Promise<void> => {
    for (const path of [...unread]) await read(path, MAXIMUM_ARRAY_BYTES)
  }
  return { manifest, read, checkUnread }
}

/** The files of the archive by their paths, from its directory alone: nothing is unpacked yet. */
async function listEntries(
  archive: ZipFile,
  name: string,
  fileBytes: number
): Promise<Map<string, Entry>> {
  if (archive.entryCount > MAXIMUM_ENTRIES) {
    throw refusedArchive(name, `has ${archive.entryCount} files, more than ${MAXIMUM_ENTRIES}`)
  }
  const entries = new Map<string, Entry>()
  let total = 0
  for await (const entry of archive.eachEntry()) {
    const { fileName } = entry
    // A folder, as other programs add them.
    if (fileName.endsWith('/')) continue
    const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE
    if (type !== 0 && type !== REGULAR) {
      throw refusedArchive(name, `has a link or device ${fileName}: bundles hold files alone`)
    }
    if (entries.has(fileName)) throw refusedArchive(name, `has two files ${fileName}`)
    total += entry.uncompressedSize
    if (total > SMALL + MAXIMUM_GROWTH * fileBytes) {
      throw refusedArchive(
        name,
        `would unpack to more than ${MAXIMUM_GROWTH} times its size: it is made to fill the disk`
      )
    }
    entries.set(fileName, entry)
  }
  return entries
}

async function stageRows({ read }: Bundle, staging: Staging, folder: string): Promise<void> {
  const path = `${folder}/rows.json`
  const tables = parsed(await read(path, MAXIMUM_TEXT_BYTES), bundleRowsSchema, path)
  for (const { table, columns, rows } of tables) {
    for (const row of rows) {
      const values: SqlValue[] = []
      for (const value of row) values.push(await sqlValue(value, read))
      staging.insert(table, columns, values)
    }
  }
}

async function sqlValue(value: RowValue, read: Bundle['read']): Promise<SqlValue> {
  if (value === null || typeof value !== 'object') return value
  if ('hex' in value) return Buffer.from(value.hex, 'hex')
  if ('real' in value) return Number(value.real)
  return encodeArray(storedFromNpy(await read(value.npy, MAXIMUM_ARRAY_BYTES), value.npy))
}

function parsed<S extends z.ZodType>(bytes: Buffer, schema: S, place: string): z.output<S> {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new LabError('invalid-request', `${place} is not JSON.`, { cause })
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new LabError('invalid-request', `${place}: ${describeProblems(result.error)}`)
}

function requireRuns({ runs }: BundleManifest, staging: Staging, name: string): void {
  const stated = runs.map(({ id }) => id).sort()
  const found = staging.runIds().sort()
  if (stated.join() === found.join()) return
  throw refusedArchive(name, `states the runs ${stated.join(', ')}, but has ${found.join(', ')}`)
}
