/** What a figure's file says of itself, in the way of its format. */
export interface FileMetadata {
  /** What it shows, in a few words. */
  readonly title: string
  /** Where it comes from: the provenance line. */
  readonly description: string
  /** The program that computed it, with its version. */
  readonly creator: string
  /** When its data were computed, ISO 8601; not when it was drawn, so that the same figure gives the same file. */
  readonly created: string | null
}
