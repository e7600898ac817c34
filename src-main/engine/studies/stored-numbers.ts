import { LabError } from '@shared/protocol/errors'
import type { StoredArray } from '../../session/stored-array'

/**
 * The numbers of a stored array of this type.
 *
 * @throws {LabError} 'session-unusable' where it is of another one
 */
export function storedNumbers<A>({ data }: StoredArray, type: new () => A): A {
  if (data instanceof type) return data
  throw new LabError('session-unusable', 'A stored array is not of the type that was written.')
}
