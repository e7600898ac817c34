/**
 * Makes the bundled data sets from the scikit-learn wheel that carries them:
 *
 *   pip download --no-deps scikit-learn==1.9.1
 *   node resources/data/convert.mjs scikit_learn-1.9.1-*.whl
 *
 * Every set becomes one CSV file with a header and one JSON file that says where it comes from.
 * Numbers are copied as they are written in the wheel (diabetes: targets from 1.51e+02 to 151).
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import prettier from 'prettier'
import yauzl from 'yauzl'
import { setsInWheel } from './sets-in-wheel.mjs'

const folder = import.meta.dirname
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

const [wheelPath] = process.argv.slice(2)
if (!wheelPath) throw new Error('usage: node resources/data/convert.mjs WHEEL')
const wheel = readFileSync(wheelPath)
const version = /scikit_learn-([\d.]+)-/.exec(basename(wheelPath))?.[1]
const settings = await prettier.resolveConfig(join(folder, 'iris.json'))

const entries = await readEntries(
  wheel,
  setsInWheel.flatMap(({ files }) => files)
)
for (const { id, title, about, origin, citation, licence, files, table } of setsInWheel) {
  const texts = files.map((name) => {
    const bytes = entries.get(name)
    if (!bytes) throw new Error(`${wheelPath} has no ${name}`)
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  })
  const { columns, target, classNames, rows } = table(texts)
  rows.forEach((row, i) => {
    if (row.length !== columns.length + 1) throw new Error(`${id}: row ${i + 1} is ragged`)
  })
  const csv = `${[[...columns, target], ...rows].map((row) => row.join(',')).join('\n')}\n`
  writeFileSync(join(folder, `${id}.csv`), csv)
  const provenance = {
    ...{ id, title, about, origin, citation, licence },
    source: {
      package: `scikit-learn ${version}`,
      wheelSha256: sha256(wheel),
      files: files.map((name) => ({ name, sha256: sha256(entries.get(name)) }))
    },
    ...{ sha256: sha256(csv), rows: rows.length, inputs: columns.length, target, classNames }
  }
  const json = await prettier.format(JSON.stringify(provenance), { ...settings, parser: 'json' })
  writeFileSync(join(folder, `${id}.json`), json)
  console.log(`${id}: ${rows.length} rows, ${columns.length} inputs`)
}

/** The wanted files of a wheel, which is a zip archive. */
async function readEntries(bytes, wanted) {
  const archive = await yauzl.fromBufferPromise(bytes)
  const found = new Map()
  for await (const entry of archive.eachEntry()) {
    if (!wanted.includes(entry.fileName)) continue
    const chunks = []
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk)
    found.set(entry.fileName, Buffer.concat(chunks))
  }
  return found
}
