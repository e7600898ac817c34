import { asc, eq, max, type InferSelectModel } from 'drizzle-orm'
import {
  storedFigureSchema,
  type NewFigure,
  type StoredFigure
} from '@shared/organise/stored-figure'
import { LabError } from '@shared/protocol/errors'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { figures } from './schema'

const specSchema = storedFigureSchema.shape.spec

/** All figures of the session in their order. */
export function listFigures(orm: Orm): StoredFigure[] {
  const inOrder = [asc(figures.position), asc(figures.number)]
  return orm
    .select()
    .from(figures)
    .orderBy(...inOrder)
    .all()
    .map(storedFigure)
}

/**
 * Stores a figure, replacing one of the same id.
 *
 * @param now ISO 8601, UTC
 * @returns the figure as it was before, null for a new one
 */
export function saveFigure(orm: Orm, figure: NewFigure, now: string): StoredFigure | null {
  return orm.transaction(
    (transaction) => {
      const previous = findFigure(transaction, figure.id)
      const values = {
        id: figure.id,
        name: figure.name,
        position: figure.position ?? previous?.position ?? nextPosition(transaction),
        createdAt: figure.createdAt ?? previous?.createdAt ?? now,
        changedAt: now,
        spec: writeJson(specSchema, figure.spec)
      }
      transaction
        .insert(figures)
        .values(values)
        .onConflictDoUpdate({ target: figures.id, set: values })
        .run()
      return previous
    },
    { behavior: 'immediate' }
  )
}

/**
 * Removes a figure.
 *
 * @returns the figure, which can be saved again
 * @throws {LabError} not-found
 */
export function deleteFigure(orm: Orm, id: string): StoredFigure {
  const figure = findFigure(orm, id)
  if (!figure) throw new LabError('not-found', `This session has no figure ${id}.`)
  orm.delete(figures).where(eq(figures.id, id)).run()
  return figure
}

function findFigure(orm: Orm, id: string): StoredFigure | null {
  const row = orm.select().from(figures).where(eq(figures.id, id)).get()
  return row ? storedFigure(row) : null
}

function nextPosition(orm: Orm): number {
  const last = orm
    .select({ position: max(figures.position) })
    .from(figures)
    .get()
  return (last?.position ?? 0) + 1
}

function storedFigure(row: InferSelectModel<typeof figures>): StoredFigure {
  const { id, name, position, createdAt, changedAt } = row
  const spec = readJson(specSchema, row.spec, `specification of figure ${id}`)
  return { id, name, spec, position, createdAt, changedAt }
}
