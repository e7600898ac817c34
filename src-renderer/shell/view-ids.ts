/** The views of the window, in the order of the sidebar; `views.ts` says what each is. */
export const viewIds = [
  ...(['start', 'design', 'surrogates', 'runs', 'figures', 'studies'] as const),
  ...(['run', 'figure', 'help'] as const)
] as const
export type ViewId = (typeof viewIds)[number]
