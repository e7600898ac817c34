import { mkdirSync } from 'node:fs'
import { Command, Option } from 'commander'
import { LabError } from '@shared/protocol/errors'
import type { EngineEvent } from '@shared/protocol/channels'
import { studySizes, type StudySize } from '@shared/studies/study-definition'
import type { StudyReport } from '@shared/studies/study-report'
import { findStudy, listStudies } from '../../engine/studies/studies'
import { exportStudy, writeStudyPage } from '../../export/study-files'
import { exitCodes } from '../failure'
import { withFollowOptions } from '../follow-options'
import type { FollowOptions } from '../follow-run'
import { writeJson, writeLines, writeTable } from '../output'
import { describeStudyProgress, ProgressBar } from '../progress-bar'
import { writeStudy } from '../study-report'
import { onAbort, withEngine } from '../with-engine'

interface StudyOptions extends Partial<FollowOptions> {
  readonly size: StudySize
  /** The folder of the studies' pages. */
  readonly docs?: string
}

/** tangent study NAME --session SESSION */
export function studyCommand(): Command {
  const studies = listStudies().map(({ definition }) => definition)
  const command = new Command('study')
    .description('check a claim of theory against numbers, and store what was found')
    .argument('<study>', 'a study’s name, or "list"')
    .option('--session <file>', 'the .tangent file to store in; made where it does not exist')
    .addOption(
      new Option('--size <size>', 'quick takes less than two minutes on two cores')
        .choices(studySizes)
        .default('quick')
    )
    .option('--docs <folder>', 'put the results into the study’s page there')
  return withFollowOptions(command)
    .addHelpText(
      'after',
      `
Studies: ${studies.map(({ id }) => id).join(', ')}

Examples:
  tangent study list
  tangent study ill-posedness --session studies.tangent
  tangent study ill-posedness --session studies.tangent --size full --export results
Networks that a study trains are ordinary runs of the session; those that it has already are not trained
again. Ctrl-C stops the study; the same command goes on where it stopped.`
    )
    .action(async (name: string, options: StudyOptions) => {
      if (name === 'list') {
        if (options.json) writeJson(studies)
        else
          writeTable(
            ['study', 'title'],
            studies.map(({ id, title }) => [id, title])
          )
        return
      }
      process.exitCode = await followStudy(findStudy(name).definition.id, options)
    })
}

async function followStudy(study: string, options: StudyOptions): Promise<number> {
  const { session, size } = options
  if (session === undefined) {
    throw new LabError('invalid-request', '--session: state the .tangent file to store in')
  }
  if (options.export) mkdirSync(options.export, { recursive: true })
  const bar = new ProgressBar()
  return withEngine(
    { ...options, session },
    (event, payload) => {
      if (event !== 'study.progress') return
      const progress = payload as EngineEvent<'study.progress'>
      bar.show(progress.fraction, describeStudyProgress(progress))
    },
    async (engine, stopping) => {
      const { studyId } = await engine.handle('study.start', { study, size })
      onAbort(stopping, () => {
        // It may have ended by itself just now, which is as good.
        void engine.handle('study.cancel', { studyId }).catch(() => undefined)
      })
      await engine.idle()
      bar.stop()
      const report = await engine.handle('study.show', { studyId })
      if (options.json) writeJson(report)
      else writeStudy(report)
      const files = [
        ...(options.export ? await exportStudy(report, options.export) : []),
        ...(options.docs ? await writeStudyPage(report, options.docs) : [])
      ]
      if (files.length > 0) tell(files, options.json === true)
      return exitCode(report)
    }
  ).finally(() => {
    bar.stop()
  })
}

function tell(files: readonly string[], json: boolean): void {
  const lines = files.map((file) => `wrote ${file}`)
  // With --json standard output is JSON alone.
  if (json) process.stderr.write(lines.map((line) => `${line}\n`).join(''))
  else writeLines('', ...lines)
}

function exitCode({ status, problem }: StudyReport): number {
  if (status === 'completed') return exitCodes.done
  if (problem === null) {
    process.stderr.write('tangent: stopped; what was done is kept. The same command goes on.\n')
    return exitCodes.interrupted
  }
  process.stderr.write(`tangent: the study ${status}: ${problem}\n`)
  return exitCodes.failed
}
