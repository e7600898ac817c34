import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  cacheFolder,
  ensureEntry,
  entryName,
  removePartials
} from '../../resources/setup/cache.mjs'
import { checkEntry } from '../../resources/setup/verify.mjs'
import { temporaryFolder } from './folders'

const LIBRARY = Buffer.from('a shared library, for the sake of argument')

/** A part with a library, a folder and a link, that counts how often it was made. */
function fakePart() {
  const part = {
    made: 0,
    make: (folder: string): Promise<string> => {
      part.made += 1
      mkdirSync(join(folder, 'deps', 'lib'), { recursive: true })
      writeFileSync(join(folder, 'deps', 'lib', 'library.so.2'), LIBRARY)
      writeFileSync(join(folder, 'licence'), 'free')
      symlinkSync('library.so.2', join(folder, 'deps', 'lib', 'library.so'))
      return Promise.resolve('from a test')
    }
  }
  return part
}

async function madeEntry() {
  const cache = temporaryFolder()
  const part = fakePart()
  const { folder } = await ensureEntry(cache, 'part-1', part.make)
  return { cache, part, folder, library: join(folder, 'deps', 'lib', 'library.so.2') }
}

test('the cache is per user, and TANGENT_CACHE moves it', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/somewhere' })).toBe('/somewhere/tangent-lab')
  expect(cacheFolder({})).toMatch(/\.cache.tangent-lab$/)
  expect(cacheFolder({ TANGENT_CACHE: '/elsewhere', XDG_CACHE_HOME: '/somewhere' })).toBe(
    '/elsewhere'
  )
})

test('an entry is named by part, version, platform and inputs', () => {
  const name = entryName('part', '1.2.3', { wheel: 'a' })
  expect(name).toMatch(/^part-1\.2\.3-\w+-\w+-[0-9a-f]{12}$/)
  expect(entryName('part', '1.2.3', { wheel: 'b' })).not.toBe(name)
})

test('a sound entry is made once and used from then on', async () => {
  const { cache, part } = await madeEntry()
  const again = await ensureEntry(cache, 'part-1', part.make)
  expect(again).toEqual({ folder: join(cache, 'part-1'), source: 'from a test' })
  expect(part.made).toBe(1)
})

type Entry = Awaited<ReturnType<typeof madeEntry>>

const damages: [name: string, damage: (entry: Entry) => void, reason: RegExp][] = [
  [
    'a truncated file',
    ({ library }) => {
      truncateSync(library, 5)
    },
    /has 5 bytes instead of 42/
  ],
  [
    'a longer file',
    ({ library }) => {
      appendFileSync(library, '!')
    },
    /has 43 bytes/
  ],
  [
    'a flipped byte',
    ({ library }) => {
      flipByte(library)
    },
    /SHA-256/
  ],
  [
    'a flipped byte with the old modification time',
    ({ library }) => {
      flipByte(library)
      utimesSync(library, new Date(0), new Date(0))
    },
    /SHA-256/
  ],
  [
    'a missing file',
    ({ folder }) => {
      rmSync(join(folder, 'licence'))
    },
    /licence is missing/
  ],
  [
    'a link that points elsewhere',
    ({ folder }) => {
      const link = join(folder, 'deps', 'lib', 'library.so')
      rmSync(link)
      symlinkSync('/nowhere', link)
    },
    /library\.so is no link to library\.so\.2/
  ],
  [
    'a folder in place of a file',
    ({ library }) => {
      rmSync(library)
      mkdirSync(library)
    },
    /is missing/
  ],
  [
    'a garbage manifest',
    ({ folder }) => {
      writeFileSync(join(folder, 'manifest.json'), '{"format": 1, "fi')
    },
    /manifest is not readable/
  ],
  [
    'a manifest of another shape',
    ({ folder }) => {
      writeFileSync(
        join(folder, 'manifest.json'),
        '{"format":1,"source":"x","files":[7],"links":[]}'
      )
    },
    /manifest is not readable/
  ],
  [
    'no manifest',
    ({ folder }) => {
      rmSync(join(folder, 'manifest.json'))
    },
    /manifest is missing/
  ]
]

function flipByte(path: string): void {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3)
  writeFileSync(path, bytes)
}

describe('a damaged entry heals itself', () => {
  test.each(damages)('%s', async (_name, damage, reason) => {
    const entry = await madeEntry()
    damage(entry)
    const told: string[] = []
    await ensureEntry(entry.cache, 'part-1', entry.part.make, {
      onDamage: (text: string) => told.push(text)
    })
    expect(told).toEqual([expect.stringMatching(reason)])
    expect(entry.part.made).toBe(2)
    expect(readFileSync(entry.library)).toEqual(LIBRARY)
    expect(await checkEntry(entry.folder, { full: true })).toMatchObject({ ok: true })
  })

  test('a file that was only touched is hashed again and kept', async () => {
    const { cache, part, library } = await madeEntry()
    utimesSync(library, new Date(0), new Date(0))
    await ensureEntry(cache, 'part-1', part.make)
    expect(part.made).toBe(1)
  })

  test('without the stamp of the last verification everything is hashed', async () => {
    const { cache, part, folder, library } = await madeEntry()
    rmSync(join(folder, '.verified.json'))
    await ensureEntry(cache, 'part-1', part.make)
    expect(part.made).toBe(1)
    writeFileSync(join(folder, '.verified.json'), 'garbage')
    flipByte(library)
    await ensureEntry(cache, 'part-1', part.make)
    expect(part.made).toBe(2)
  })
})

describe('an interrupted set-up leaves no half-built part', () => {
  test('a failed build leaves neither an entry nor its partial folder', async () => {
    const cache = temporaryFolder()
    const failing = (folder: string) => {
      writeFileSync(join(folder, 'half'), 'half')
      return Promise.reject(new Error('the network went away'))
    }
    await expect(ensureEntry(cache, 'part-1', failing)).rejects.toThrow('the network went away')
    expect(readdirSync(cache)).toEqual([])
  })

  test('while it is built, the entry does not exist under its name', async () => {
    const cache = temporaryFolder()
    const part = fakePart()
    let seen: boolean | undefined
    await ensureEntry(cache, 'part-1', async (folder: string) => {
      seen = existsSync(join(cache, 'part-1'))
      return part.make(folder)
    })
    expect(seen).toBe(false)
    expect(existsSync(join(cache, 'part-1', 'manifest.json'))).toBe(true)
  })

  test('a failed repair keeps no damaged entry looking sound', async () => {
    const { cache, library } = await madeEntry()
    truncateSync(library, 1)
    const failing = () => Promise.reject(new Error('offline'))
    await expect(ensureEntry(cache, 'part-1', failing)).rejects.toThrow('offline')
    expect(await checkEntry(join(cache, 'part-1'))).toMatchObject({ ok: false })
  })

  test('what a killed set-up left is removed, and nothing else', async () => {
    const { cache } = await madeEntry()
    mkdirSync(join(cache, 'other-2.partial-4711', 'deep'), { recursive: true })
    await removePartials(cache)
    expect(readdirSync(cache)).toEqual(['part-1'])
  })
})
