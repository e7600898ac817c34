import type { Column } from 'drizzle-orm'
import type { z } from 'zod'
import { preparationSchema } from '@shared/design/datasets/preparation'
import { experimentSchema } from '@shared/design/experiment'
import { storedFigureSchema } from '@shared/organise/stored-figure'
import { originSchema } from '@shared/protocol/datasets'
import { predictionDiagnosticsSchema } from '@shared/protocol/diagnostics'
import { agreementSchema } from '@shared/protocol/results'
import { studyContentSchema } from '@shared/studies/study-report'
import { shapeSchema } from '../array-row'
import { checkpointPositionSchema } from '../checkpoints'
import { namesSchema, targetsSchema } from '../datasets'
import { environmentSchema, warningsSchema } from '../runs'
import * as schema from '../schema'
import { parametersSchema } from '../study-store'

/** Every column that holds JSON, with what it must fit; a test holds this against the schema. */
export const jsonColumns = new Map<Column, z.ZodType>([
  [schema.runs.warnings, warningsSchema],
  [schema.runs.environment, environmentSchema],
  [schema.runs.experiment, experimentSchema],
  [schema.predictions.diagnostics, predictionDiagnosticsSchema],
  [schema.ensembles.agreement, agreementSchema],
  [schema.arrays.shape, shapeSchema],
  [schema.datasets.inputNames, namesSchema],
  [schema.datasets.targets, targetsSchema],
  [schema.datasets.origin, originSchema],
  [schema.datasets.preparation, preparationSchema],
  [schema.datasetArrays.shape, shapeSchema],
  [schema.checkpoints.position, checkpointPositionSchema],
  [schema.figures.spec, storedFigureSchema.shape.spec],
  [schema.studies.parameters, parametersSchema],
  [schema.studies.environment, environmentSchema],
  [schema.studyParts.content, studyContentSchema]
])
