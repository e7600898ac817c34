import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** Two equal signals closer than this are one: a terminal and npm both send Ctrl-C. */
const SAME_SIGNAL_MS = 300

/**
 * Runs a program in the foreground and hands signals on to it, each exactly once. The program gets
 * a process group of its own: otherwise a terminal's Ctrl-C would reach it directly and, handed on,
 * a second time, which a program takes for impatience.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<number>} the exit code; 128 + the signal's number when a signal ended it
 */
export function launch(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: 'inherit',
      detached: process.platform !== 'win32'
    })
    /** @type {Map<string, number>} */
    const last = new Map()
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      const now = Date.now()
      if (now - (last.get(signal) ?? 0) > SAME_SIGNAL_MS) child.kill(signal)
      last.set(signal, now)
    }
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    const stop = () => {
      for (const signal of signals) process.off(signal, forward)
    }
    child.once('error', (error) => {
      stop()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      stop()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * Runs a program that shares this process's group and terminal, without handing signals on.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    )
  })
}
