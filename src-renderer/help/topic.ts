/** What explains one view. */
export interface HelpTopic {
  /** What the view shows, a paragraph each. */
  readonly about: readonly string[]
  /** The formulas behind it. */
  readonly equations: readonly { readonly tex: string; readonly says: string }[]
  /** The part of arXiv 2405.15539 that it follows; null where it follows none. */
  readonly paper: string | null
}
