/** A thread that helps with kernels. It loads no TensorFlow: one thread of a process may. */
import { parentPort } from 'node:worker_threads'
import { transportedError } from '@shared/protocol/errors'
import { finish } from '@shared/theory/stepwise'
import { workOnJob, type HelperReport, type KernelJob } from './kernel-job'

parentPort?.on('message', (job: KernelJob) => {
  parentPort?.postMessage(reportOf(job))
})

function reportOf(job: KernelJob): HelperReport {
  try {
    finish(workOnJob(job))
    return { jobId: job.id, error: null }
  } catch (error) {
    return { jobId: job.id, error: transportedError(error) }
  }
}
