import { writeSync } from 'node:fs'
import { openSession } from '../../../src-main/session/session'
import { sampleEnsemble, sampleRun } from '../sample-values'
import { arraysOf } from './records'

/** Stores ensembles until it is killed, and says on its output what has been stored. */
const [path = '', runId = ''] = process.argv.slice(2)
const say = (word: string | number): void => {
  writeSync(1, `${word}\n`)
}

say('opening')
const session = openSession(path, { appVersion: '0.1.0' })
session.addRun(sampleRun(runId))
session.updateRun(runId, { status: 'running' })
say('running')
for (let n = 0; ; n++) {
  session.addEnsemble(runId, sampleEnsemble(n), arraysOf(n))
  say(n)
}
