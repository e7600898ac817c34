import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'

/**
 * A file beside an open session that says who has it open, for the message that a second opener
 * gets. SQLite's own lock decides who may open it: the system drops that lock when a process dies,
 * whereas a process number in a file may by then belong to someone else.
 */
const noteSchema = z.object({ pid: z.int(), host: z.string() })

function notePath(sessionPath: string): string {
  return `${sessionPath}.lock`
}

/** Says that this process has the session open; replaces what a killed process left. */
export function writeOwnerNote(sessionPath: string): void {
  const note: z.infer<typeof noteSchema> = { pid: process.pid, host: hostname() }
  asFarAsPossible(() => {
    writeFileSync(notePath(sessionPath), JSON.stringify(note))
  })
}

/** Takes the note away again. */
export function removeOwnerNote(sessionPath: string): void {
  asFarAsPossible(() => {
    rmSync(notePath(sessionPath), { force: true })
  })
}

/** Without a note, a message is less telling: no reason to fail. */
function asFarAsPossible(work: () => void): void {
  try {
    work()
  } catch {
    // See above.
  }
}

/** Who has the session open, in words. */
export function describeOwner(sessionPath: string): string {
  try {
    const { pid, host } = noteSchema.parse(JSON.parse(readFileSync(notePath(sessionPath), 'utf8')))
    return host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`
  } catch {
    return 'an unknown process'
  }
}
