/** The views of the window, in the order of the sidebar; `views.ts` says what each is. */
export const viewIds = [
  'start',
  'design',
  'data',
  'surrogates',
  'runs',
  'queue',
  'compare',
  'figures',
  'studies',
  'run',
  'figure',
  'help'
] as const
export type ViewId = (typeof viewIds)[number]
