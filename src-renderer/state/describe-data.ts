import { generatorDefinition, isTabular, type DatasetSpec } from '@shared/design/dataset'

/** Data in a sentence, for where they cannot be edited. */
export function describeData(spec: DatasetSpec): string {
  if (isTabular(spec)) return `Real data that come with the lab: ${spec.set}.`
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
