import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src-main/session/session'
import { smallExperiment } from '../support/small-experiment'
import { storedZip } from '../session/stored-zip'
import { program, runTangent } from './tangent'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-cli-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const tangent = (args: string[]) => runTangent(args, folder)

function experimentFile(name: string, changes: Parameters<typeof smallExperiment>[0] = {}): string {
  writeFileSync(join(folder, name), JSON.stringify(smallExperiment(changes)))
  return name
}

describe('run, list and show', () => {
  test('stores a run, exports its figures, and finds it again', () => {
    const file = experimentFile('small.json')
    const run = tangent([
      'run',
      file,
      '--session',
      'lab.tangent',
      '--seed',
      '99',
      '--export',
      'figures',
      '--json'
    ])
    expect(run.stderr).toContain('computing on')
    expect(run.status).toBe(0)
    const stored = JSON.parse(run.stdout) as { id: string; seed: number; status: string }
    expect(stored).toMatchObject({ seed: 99, status: 'completed' })

    for (const width of [24, 32]) {
      const svg = readFileSync(join(folder, `figures/comparison-width${width}-step60.svg`), 'utf8')
      expect(svg).toContain('NNGP regression')
      const png = readFileSync(join(folder, `figures/loss-width${width}.png`))
      expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
    }
    const summary = JSON.parse(readFileSync(join(folder, 'figures/run.json'), 'utf8')) as object
    expect(summary).toMatchObject({ id: stored.id })

    const list = JSON.parse(tangent(['list', 'lab.tangent', '--json']).stdout) as { id: string }[]
    expect(list.map(({ id }) => id)).toEqual([stored.id])
    expect(tangent(['list', 'lab.tangent']).stdout).toContain('completed')
    const shown = tangent(['show', 'lab.tangent', stored.id.slice(0, 6), '--json'])
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: stored.id, ensembles: [{}, {}] })
    expect(tangent(['show', 'lab.tangent', 'latest']).stdout).toContain('rms z')
  })

  test('a diverging run fails with exit code 1 and the reason', () => {
    const file = experimentFile('fast.json', { learningRate: 500, steps: 400 })
    const { status, stderr } = tangent(['run', file, '--session', 'fast.tangent'])
    expect(status).toBe(1)
    expect(stderr).toContain('Lower the learning rate')
  })

  test.each([
    [['run', 'nothing', '--session', 's.tangent'], 'neither a file nor a preset'],
    [['run', 'quick'], "required option '--session"],
    [['run', 'quick', '--session', 's.tangent', '--seed', '-1'], 'whole number'],
    [['list', 'missing.tangent'], 'no session file'],
    [['show', 'missing.tangent', 'latest'], 'no session file'],
    [['dance'], "unknown command 'dance'"]
  ])('%j is refused with exit code 2', (args, message) => {
    const { status, stdout, stderr } = tangent(args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
    expect(existsSync(join(folder, 's.tangent'))).toBe(false)
  })

  test('every example of the help is a command', () => {
    const [commands = '', examples = ''] = tangent(['--help']).stdout.split('Examples:')
    const lines = examples.split('\n\n')[0]?.trim().split('\n') ?? []
    expect(lines.length).toBeGreaterThan(10)
    for (const line of lines) {
      const name = /^ *tangent ([a-z]+) /.exec(`${line} `)?.[1] ?? line
      expect(commands).toMatch(new RegExp(`^ +${name} `, 'm'))
    }
  })

  test('a reader that goes away is no error', () => {
    const line = `"${process.execPath}" "${program}" data list | true`
    const { stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' })
    expect(stderr).toBe('')
  })

  test('help and version go to standard output', () => {
    expect(tangent(['--help']).stdout).toContain('tangent run quick')
    expect(tangent(['run', '--help']).stdout).toContain('figure-3')
    expect(tangent(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('export', () => {
  test('figures and data of a stored run, in the formats and sizes asked for', () => {
    const file = experimentFile('exported.json', { widths: [24] })
    const kinds = ['--figure-kinds', 'function,loss']
    const session = ['--session', 'export.tangent']
    const run = tangent(['run', file, ...session, '--export', 'all', ...kinds, '--json'])
    expect(run.status).toBe(0)
    const { stdout, status } = tangent([
      ...['export', 'export.tangent', 'latest', '--figures', 'print', '--figure-formats', 'svg'],
      ...['--column', 'single', '--no-provenance', '--data', 'numbers', '--format', 'npz'],
      ...kinds
    ])
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toEqual([
      'wrote print/comparison-width24-step60.svg',
      'wrote print/loss-width24.svg',
      'wrote print/run.json',
      'wrote numbers/data.npz'
    ])
    const svg = readFileSync(join(folder, 'print/loss-width24.svg'), 'utf8')
    expect(svg).toMatch(/^<svg[^>]* width="85mm" height="68mm"/)
    // Below the axes; the description has it all the same.
    expect(svg).toContain('<desc>Tangent Lab')
    expect(svg).not.toMatch(/<text[^>]*>Tangent Lab/)

    // What the command that ran it wrote, from the session, byte for byte.
    expect(tangent(['export', 'export.tangent', '--figures', 'again', ...kinds]).status).toBe(0)
    for (const name of readdirSync(join(folder, 'all'))) {
      const [first, second] = ['all', 'again'].map((where) =>
        readFileSync(join(folder, where, name))
      )
      expect(first?.equals(second ?? Buffer.alloc(0)), name).toBe(true)
    }
  })

  test('every kind of figure that a run’s data allow, and why not the others', () => {
    const listed = tangent(['export', 'export.tangent', '--list-figures']).stdout
    expect(listed).toMatch(/^spectrum +Spectrum +yes *$/m)
    expect(listed).toMatch(/^kernel-drift +Kernel drift +no: the run did not record the kernels/m)
    const every = ['--figures', 'every', '--figure-formats', 'svg']
    const { stderr } = tangent(['export', 'export.tangent', ...every])
    expect(stderr).toContain(
      'no kernel-slices, kernel-error, kernel-drift: the run did not record the kernels of its networks'
    )
    const written = readdirSync(join(folder, 'every')).filter((name) => name.endsWith('.svg'))
    expect(written.sort()).toEqual([
      'calibration-width24-step60.svg',
      'comparison-width24-step60.svg',
      'decision-map-width24-step60.svg',
      'kernel-map-width24-step60.svg',
      'loss-width24.svg',
      'residual-modes-width24.svg',
      'spectrum.svg',
      'weight-movement.svg',
      'z-scores-width24.svg'
    ])
    const one = ['--figures', 'one', '--figure-kinds', 'confusion,spectrum']
    const some = tangent(['export', 'export.tangent', ...one, '--figure-formats', 'svg'])
    expect(some.stderr).toBe('no confusion: the data have no classes\n')
    expect(some.stdout).toBe('wrote one/spectrum.svg\nwrote one/run.json\n')
  })

  test('a bundle goes into another session, where the run is computed again to the same bits', () => {
    const bundle = ['--bundle', 'run.zip']
    expect(tangent(['export', 'export.tangent', ...bundle]).stdout).toBe('wrote run.zip\n')
    const imported = tangent(['import', 'run.zip', '--session', 'other.tangent'])
    expect(imported.stdout).toMatch(/^imported run [0-9a-f]{8} small\n$/)
    const again = tangent(['import', 'run.zip', '--session', 'other.tangent', '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ runs: [{ isNew: false }], datasets: [] })

    // By the command of its README.
    const entries = storedZip(readFileSync(join(folder, 'run.zip')))
    const readme = entries.get('README.md')?.toString() ?? ''
    const [, file = '', device = ''] =
      /^tangent run (\S+) --session again.tangent --device (\w+)$/m.exec(readme) ?? []
    writeFileSync(join(folder, 'unpacked.json'), entries.get(file) ?? '')
    const session = ['--session', 'again.tangent', '--device', device]
    expect(tangent(['run', 'unpacked.json', ...session]).status).toBe(0)
    tangent(['export', 'again.tangent', '--data', 'again-data', '--format', 'npy'])
    const outputs = readFileSync(join(folder, 'again-data/ensemble-0/testOutputs.npy'))
    const bundled = entries.get(
      file.replace('experiment.json', 'arrays/ensemble-0/testOutputs.npy')
    )
    expect(bundled?.equals(outputs)).toBe(true)
  })

  test('a report is one document of all runs, also while another process writes the session', () => {
    const session = openSession(join(folder, 'export.tangent'), { appVersion: '0.1.0' })
    const { stdout } = tangent(['export', 'export.tangent', '--report', 'report.html'])
    session.close()
    expect(stdout).toBe('wrote report.html\n')
    const text = readFileSync(join(folder, 'report.html'), 'utf8')
    expect(text).toMatch(/^<!doctype html>/)
    expect(text).toContain('predicted ± 1.96 s.d.')
  })

  test('a bundle that is none is refused, and no session is made', () => {
    writeFileSync(join(folder, 'none.zip'), 'no archive')
    const { status, stderr } = tangent(['import', 'none.zip', '--session', 'none.tangent'])
    expect([status, existsSync(join(folder, 'none.tangent'))]).toEqual([2, false])
    expect(stderr).toContain('none.zip is not a sound bundle')
  })

  test.each([
    [[], 'say what to export'],
    [['--figures', 'f', '--width', '3'], '--width 3: figures are 40 to'],
    [['--figures', 'f', '--figure-formats', 'gif'], '“gif” is none of svg, pdf, png'],
    [['--figures', 'f', '--figure-kinds', 'los'], '“los” is none of all, function, functions'],
    [['--data', 'd', '--format', 'xls'], 'Allowed choices are csv, parquet, json, npz, npy'],
    [['nothing', '--data', 'd'], 'no run nothing']
  ])('%j is refused with exit code 2, and nothing is written', (args, message) => {
    const { status, stdout, stderr } = tangent(['export', 'export.tangent', ...args])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(['f', 'd'].some((name) => existsSync(join(folder, name)))).toBe(false)
  })
})

describe('import and data', () => {
  const flowers = (name: string, rows: string): string => {
    writeFileSync(join(folder, name), `long,wide,kind\n${rows}`)
    return name
  }
  const sound = Array.from({ length: 20 }, (_, i) =>
    i % 2 === 0 ? `${1 + i / 20},0.5,rose` : `-0.5,${2 + i / 10},oak`
  ).join('\n')

  test('a preview says what a file holds, and stores nothing', () => {
    const file = flowers('flowers.csv', sound)
    const { status, stdout } = tangent(['import', file, '--preview', '--session', 'none.tangent'])
    expect(status).toBe(0)
    expect(stdout).toContain('flowers.csv: csv, 20 rows, 3 columns, delimiter ","')
    expect(stdout).toMatch(/kind +label +text +0 +2/)
    expect(existsSync(join(folder, 'none.tangent'))).toBe(false)
    const json = tangent(['import', file, '--preview', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ rows: 20, roles: { label: 'kind' } })
  })

  test('imported data are listed, and an experiment learns from them', () => {
    const file = flowers('flowers.csv', sound)
    const session = ['--session', 'data.tangent']
    const imported = tangent([
      ...['import', file, ...session, '--name', 'meadow', '--label', 'kind'],
      ...['--classes', 'rose,oak', '--normalise', 'sphere', '--test-share', '0.4', '--seed', '3']
    ])
    expect(imported.stderr).toBe('stored meadow: 20 rows, 2 inputs, classes oak, rose\n')
    const { data } = JSON.parse(imported.stdout) as { data: Parameters<typeof smallExperiment>[0] }
    expect(data).toMatchObject({
      kind: 'stored',
      classes: ['rose', 'oak'],
      testShare: 0.4,
      seed: 3
    })
    expect(tangent(['data', 'list', 'data.tangent']).stdout).toMatch(/meadow +20 +2 +oak, rose/)

    writeFileSync(
      join(folder, 'meadow.json'),
      JSON.stringify({ ...smallExperiment({ widths: [24] }), data })
    )
    const run = tangent(['run', 'meadow.json', ...session, '--json'])
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'completed', experiment: { data } })
  })

  test('without a session, data list has generators and bundled sets', () => {
    const listed = JSON.parse(tangent(['data', 'list', '--json']).stdout) as {
      generators: { kind: string }[]
      bundled: { id: string; licence: string }[]
    }
    expect(listed.generators.map(({ kind }) => kind)).toContain('spirals')
    expect(listed.bundled.map(({ id }) => id)).toContain('breast-cancer')
  })

  test.each([
    [['missing.csv', '--session', 'no.tangent'], 'no file missing.csv'],
    [['flowers.csv'], 'name the session'],
    [['flowers.csv', '--session', 'no.tangent', '--label', 'colour'], 'no column “colour”'],
    [['flowers.csv', '--session', 'no.tangent', '--test-share', '2'], 'must be below 1'],
    [['gap.csv', '--session', 'no.tangent'], 'gap.csv, line 2, column “wide” has no value']
  ])('import %j is refused with exit code 2, and no session is made', (args, message) => {
    flowers('flowers.csv', sound)
    flowers('gap.csv', '1,,rose\n1,2,oak\n')
    const { status, stdout, stderr } = tangent(['import', ...args])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(existsSync(join(folder, 'no.tangent'))).toBe(false)
  })
})

describe('a run that is stopped', () => {
  /** Starts a long run, signals it once training is under way, and waits for its end. */
  async function stopped(session: string, signal: NodeJS.Signals) {
    const file = experimentFile(`${session}.json`, { steps: 1_000_000, recordCount: 0 })
    const child = spawn(process.execPath, [program, 'run', file, '--session', session], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe']
    })
    let seen = ''
    await new Promise<void>((ready) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        seen += text
        if (/% (predicting|training)/.test(seen)) ready()
      })
    })
    const ended = new Promise<number | null>((end) => {
      child.once('close', (code) => {
        end(code)
      })
    })
    child.kill(signal)
    return ended
  }
  const statusOf = (session: string) =>
    (JSON.parse(tangent(['list', session, '--json']).stdout) as { status: string }[])[0]!.status
  const quickCheck = (session: string) => {
    const database = new Database(join(folder, session))
    try {
      return database.pragma('quick_check', { simple: true })
    } finally {
      database.close()
    }
  }

  test('by Ctrl-C: paused, exit code 130, session consistent', async () => {
    expect(await stopped('interrupt.tangent', 'SIGINT')).toBe(130)
    expect(existsSync(join(folder, 'interrupt.tangent-wal'))).toBe(false)
    expect(quickCheck('interrupt.tangent')).toBe('ok')
    expect(statusOf('interrupt.tangent')).toBe('paused')
  })

  test('by SIGKILL: interrupted when the session is opened again, session sound', async () => {
    expect(await stopped('kill.tangent', 'SIGKILL')).toBeNull()
    expect(statusOf('kill.tangent')).toBe('interrupted')
    expect(quickCheck('kill.tangent')).toBe('ok')
    const again = tangent(['run', 'small.json', '--session', 'kill.tangent'])
    expect(again.status).toBe(0)
  })
})

test('doctor tries a real product and a real query', () => {
  const { status, stdout } = tangent(['doctor', '--json'])
  expect(status).toBe(0)
  const report = JSON.parse(stdout) as { backend: string; checks: { passed: boolean }[] }
  expect(report.backend).toBe('tensorflow')
  expect(report.checks.map(({ passed }) => passed)).toEqual([true, true, true])
})
