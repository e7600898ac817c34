import { CarefulBatch } from './careful-batch'
import { FarBatch } from './far-batch'
import type { KernelBatch } from './kernel-batch'
import type { KernelPlan } from './kernel-plan'

/** The fastest way through the layers of a plan. */
export function batchForPlan(plan: KernelPlan): KernelBatch {
  return plan.far ? new FarBatch(plan, plan.far) : new CarefulBatch(plan)
}
