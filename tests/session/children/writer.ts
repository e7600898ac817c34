import { writeSync } from 'node:fs'
import { openSession } from '../../../src-main/session/session'
import { sampleEnsemble, sampleRun } from '../sample-values'
import { arraysOf, checkpointOf } from './records'

/**
 * Stores checkpoints and ensembles of a run until it is killed, going on from what the session has of the
 * run, and says on its output what has been stored: a checkpoint as 'c' and its number, an ensemble as its
 * number.
 */
const [path = '', runId = ''] = process.argv.slice(2)
const say = (word: string | number): void => {
  writeSync(1, `${word}\n`)
}

say('opening')
const session = openSession(path, { appVersion: '0.1.0' })
const stored = session.listRuns().find(({ id }) => id === runId)
if (!stored) session.addRun(sampleRun(runId))
session.updateRun(runId, { status: 'running' })
const done = stored?.ensembles.length ?? 0
say(`from ${done}`)
say('running')
for (let n = done; ; n++) {
  const { checkpoint, arrays } = checkpointOf(n)
  session.saveCheckpoint(runId, checkpoint, arrays)
  say(`c${n}`)
  session.addEnsemble(runId, sampleEnsemble(n), arraysOf(n))
  say(n)
}
