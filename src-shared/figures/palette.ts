/** Colours of one figure theme; curves are Okabe and Ito's, told apart without colour by their line style. */
export interface Palette {
  readonly background: string
  readonly text: string
  readonly faintText: string
  readonly axis: string
  /** null for no lines across the axes. */
  readonly grid: string | null
  readonly ensemble: string
  readonly members: string
  readonly membersOpacity: number
  readonly prediction: string
  readonly band: string
  readonly bandOpacity: number
  readonly nngp: string
  readonly target: string
  readonly points: string
  readonly pointsBorder: string
}

/** How figures can look: on a light or dark screen, or printed, which is black on white and finer. */
export const figureThemes = ['light', 'dark', 'print'] as const
export type FigureTheme = (typeof figureThemes)[number]

const light: Palette = {
  background: '#ffffff',
  text: '#1a1a1a',
  faintText: '#666666',
  axis: '#333333',
  grid: '#e8e8e8',
  ensemble: '#0072b2',
  members: '#56b4e9',
  membersOpacity: 0.32,
  prediction: '#d55e00',
  band: '#e69f00',
  bandOpacity: 0.24,
  nngp: '#009e73',
  target: '#8a8a8a',
  points: '#111111',
  pointsBorder: '#ffffff'
}

export const palettes: Readonly<Record<FigureTheme, Palette>> = {
  light,
  print: { ...light, text: '#000000', axis: '#000000', grid: null },
  dark: {
    background: '#15191e',
    text: '#e6e9ec',
    faintText: '#9aa4ae',
    axis: '#aab4bd',
    grid: '#2a3138',
    ensemble: '#8fd0ff',
    members: '#4a90c2',
    membersOpacity: 0.4,
    prediction: '#ff8a3d',
    band: '#e69f00',
    bandOpacity: 0.22,
    nngp: '#2fc79a',
    target: '#8d98a3',
    points: '#f4f6f8',
    pointsBorder: '#15191e'
  }
}
