import { Command } from 'commander'
import { sessionEditSchema } from '@shared/organise/session-info'
import { editRuns } from '../edit-runs'
import { findRun } from '../find-run'
import { changeSession } from '../with-session'

/** The word that stands for the session as a whole where a run could stand. */
export const SESSION_ITSELF = 'session'

/** tangent rename SESSION RUN NAME */
export function renameCommand(): Command {
  return new Command('rename')
    .description('give a run another name, or the session a title')
    .argument('<session>', 'a .tangent file')
    .argument('<run>', 'a run’s id, the beginning of it, "latest", or "session" for its title')
    .argument('<name>', 'the name or title')
    .addHelpText(
      'after',
      `
Examples:
  tangent rename work.tangent latest "Sign networks, κ = 0.2"
  tangent rename work.tangent session "Sign networks against the SG-NTK"`
    )
    .action((path: string, id: string, name: string) => {
      changeSession(path, (session) => {
        if (id === SESSION_ITSELF)
          session.organiser.editInfo(sessionEditSchema.parse({ title: name }))
        else editRuns(session, [{ runId: findRun(session.listRuns(), id).id, name }])
      })
    })
}
