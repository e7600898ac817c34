import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { SetUpError } from './errors.mjs'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Commands get a process group of their own, so that they can be ended as a whole. */
export const ownGroup = process.platform !== 'win32'

/**
 * Has a child process ended when set-up is.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function track(child) {
  running.add(child)
  child.once('close', () => running.delete(child))
}

/**
 * Ends what set-up started, when set-up itself is told to end: each command with all that it started
 * in turn (npm starts node-gyp, which starts make and the compilers).
 */
export function killRunning() {
  for (const child of running) {
    try {
      if (ownGroup && child.pid) process.kill(-child.pid, 'SIGTERM')
      else child.kill('SIGTERM')
    } catch {
      // It ended by itself in this moment.
    }
  }
}

/**
 * Runs a command without input and returns what it printed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {Record<string, string | undefined>} [options.env] added to this process's environment
 * @param {(text: string) => void} [options.onOutput]
 * @param {string} [options.what] the first line of the error, for people
 * @param {string} [options.todo] what to do about the error
 * @returns {Promise<string>} stdout
 * @throws {SetUpError} with the end of the output, when the command fails
 */
export function runCommand(command, args, { cwd, env, onOutput, what, todo } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: ownGroup,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    track(child)
    let output = ''
    let stdout = ''
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk).slice(-20000)
      onOutput?.(String(chunk))
    }
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      keep(chunk)
    })
    child.stderr.on('data', keep)
    const title = what ?? `${command} ${args[0] ?? ''} failed`
    child.once('error', (error) => {
      reject(new SetUpError({ what: title, why: error.message, todo }))
    })
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout)
      else
        reject(
          new SetUpError({
            what: title,
            why: `${command} ended with ${signal ?? `exit code ${code}`}\n${lastLines(output)}`,
            todo
          })
        )
    })
  })
}

/**
 * @param {string} command
 * @param {string[]} args
 */
export async function commandWorks(command, args) {
  return runCommand(command, args).then(
    () => true,
    () => false
  )
}

/**
 * The end of what a command printed, without the lines that tell only where in a package it failed.
 *
 * @param {string} output
 */
function lastLines(output) {
  return stripVTControlCharacters(output)
    .trimEnd()
    .split('\n')
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .slice(-25)
    .map((line) => `    ${line}`)
    .join('\n')
}
