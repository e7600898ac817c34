import { z } from 'zod'
import { circle } from './datasets/circle'
import type { Dataset, GeneratorDefinition } from './datasets/dataset-definition'
import { disc } from './datasets/disc'
import { gaussian } from './datasets/gaussian'
import { inlineDataset, inlineSchema } from './datasets/inline'
import { sphere } from './datasets/sphere'
import { spirals } from './datasets/spirals'
import { step } from './datasets/step'
import type { TableSource } from './datasets/table'
import { bundledSchema, storedSchema, tabularDataset } from './datasets/tabular'
import { xor } from './datasets/xor'

export { circleTarget } from './datasets/circle'
export type { Classes, Coordinate, Dataset } from './datasets/dataset-definition'
export { matrixFromRows, type Matrix } from './matrix'

/** Every generator of the lab: adding one is one file in datasets/ and its lines here. */
export const generators = { circle, sphere, disc, gaussian, spirals, xor, step } as const
export type GeneratorKind = keyof typeof generators

const kinds = [...Object.keys(generators), 'inline', 'bundled', 'stored']

/** Where the data of an experiment come from. */
export const datasetSchema = z.discriminatedUnion(
  'kind',
  [
    circle.schema,
    sphere.schema,
    disc.schema,
    gaussian.schema,
    spirals.schema,
    xor.schema,
    step.schema,
    inlineSchema,
    bundledSchema,
    storedSchema
  ],
  { error: `data.kind must be one of ${kinds.join(', ')}` }
)
export type DatasetSpec = z.infer<typeof datasetSchema>

/** Data that need rows from elsewhere. */
export type TabularSpec = Extract<DatasetSpec, { kind: 'bundled' | 'stored' }>
/** Data that a specification describes by itself. */
export type SelfContainedSpec = Exclude<DatasetSpec, TabularSpec>

/** Whether a specification needs rows from elsewhere, so that it cannot be made without them. */
export function isTabular(spec: DatasetSpec): spec is TabularSpec {
  return spec.kind === 'bundled' || spec.kind === 'stored'
}

/** The registry's entry for a generator. */
export function generatorDefinition(kind: GeneratorKind): GeneratorDefinition<z.ZodType> {
  return generators[kind]
}

/**
 * Makes data that need no rows from elsewhere; the same specification gives the same data.
 *
 * @throws {LabError} 'invalid-request' when rows differ in length or numbers of rows do not match
 */
export function makeDataset(spec: SelfContainedSpec): Dataset {
  return spec.kind === 'inline' ? inlineDataset(spec) : generatorDefinition(spec.kind).make(spec)
}

/**
 * Makes the data of any specification; the same one with the same tables gives the same data.
 *
 * @throws {LabError} as makeDataset, prepareTable and the source
 */
export function resolveDataset(spec: DatasetSpec, tables: TableSource): Dataset {
  return isTabular(spec) ? tabularDataset(spec, tables) : makeDataset(spec)
}
