/** A thread that helps with kernels. It loads no TensorFlow: one thread of a process may. */
import { parentPort } from 'node:worker_threads'
import { finish } from '@shared/theory/stepwise'
import { workOnJob, type KernelJob } from './kernel-job'

parentPort?.on('message', (job: KernelJob) => {
  finish(workOnJob(job))
  parentPort?.postMessage('done')
})
