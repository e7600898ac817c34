import { Command } from 'commander'
import { sessionEditSchema } from '@shared/organise/session-info'
import type { Session } from '../../session/session'
import { editRuns } from '../edit-runs'
import { findRun } from '../find-run'
import { readTextInput } from '../input'
import { writeLines } from '../output'
import { changeSession, readSession } from '../with-session'
import { SESSION_ITSELF } from './rename'

/** tangent note SESSION RUN [TEXT] */
export function noteCommand(): Command {
  return new Command('note')
    .description('write a note on a run or on the session, in Markdown, or show it')
    .argument('<session>', 'a .tangent file')
    .argument('<run>', 'a run’s id, the beginning of it, "latest", or "session"')
    .argument('[text]', 'the note; - reads it from standard input; left out, the note is shown')
    .addHelpText(
      'after',
      `
Examples:
  tangent note work.tangent latest "Agrees with **Figure 3**."
  tangent note work.tangent session - < notes.md
  tangent note work.tangent latest`
    )
    .action((path: string, id: string, text: string | undefined) => {
      if (text === undefined) {
        readSession(path, (session) => {
          writeLines(noteOf(session, id))
        })
      } else {
        const note = text === '-' ? readTextInput('-') : text
        changeSession(path, (session) => {
          setNote(session, id, note)
        })
      }
    })
}

function noteOf(session: Session, id: string): string {
  if (id === SESSION_ITSELF) return session.organiser.info().note
  return findRun(session.listRuns(), id).note
}

function setNote(session: Session, id: string, note: string): void {
  if (id === SESSION_ITSELF) session.organiser.editInfo(sessionEditSchema.parse({ note }))
  else editRuns(session, [{ runId: findRun(session.listRuns(), id).id, note }])
}
