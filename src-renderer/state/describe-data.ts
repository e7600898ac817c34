import { generatorDefinition, type DatasetSpec } from '@shared/design/dataset'

/** Data in a sentence, for where they cannot be edited. */
export function describeData(spec: DatasetSpec): string {
  if (spec.kind === 'bundled') return `Real data that come with the lab: ${spec.set}.`
  if (spec.kind === 'stored') return `Data stored in this session: ${spec.sha256.slice(0, 8)}.`
  if (spec.kind === 'inline') {
    return (
      `${spec.trainInputs.length} training points and ${spec.testInputs.length} test points ` +
      `with ${spec.trainInputs[0]?.length ?? 0} inputs, stated one by one.`
    )
  }
  return (
    `${generatorDefinition(spec.kind).title}: ${spec.trainCount} training points and ` +
    `${spec.testCount} test points.`
  )
}
