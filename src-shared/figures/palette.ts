import type { colourRoles } from './plot'

/** Colours of one figure theme; curves are Okabe and Ito's, told apart without colour by their line style. */
export interface Palette {
  readonly background: string
  readonly text: string
  readonly faintText: string
  readonly axis: string
  /** null for no lines across the axes. */
  readonly grid: string | null
  /** The ring around filled points, which keeps them apart from what they lie on. */
  readonly pointsBorder: string
  readonly membersOpacity: number
  readonly bandOpacity: number
  readonly roles: Readonly<Record<(typeof colourRoles)[number], string>>
  /** Colours that tell series without a role apart. */
  readonly cycle: readonly string[]
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
  pointsBorder: '#ffffff',
  membersOpacity: 0.32,
  bandOpacity: 0.24,
  roles: {
    ensemble: '#0072b2',
    members: '#56b4e9',
    prediction: '#d55e00',
    band: '#e69f00',
    nngp: '#009e73',
    target: '#8a8a8a',
    points: '#111111',
    faint: '#999999'
  },
  cycle: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a5195', '#555555']
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
    pointsBorder: '#15191e',
    membersOpacity: 0.4,
    bandOpacity: 0.22,
    roles: {
      ensemble: '#8fd0ff',
      members: '#4a90c2',
      prediction: '#ff8a3d',
      band: '#e69f00',
      nngp: '#2fc79a',
      target: '#8d98a3',
      points: '#f4f6f8',
      faint: '#7d8892'
    },
    cycle: ['#6db9f2', '#ff8a3d', '#2fc79a', '#e59bc4', '#f0b840', '#9adcf7', '#b794e0', '#c3cad1']
  }
}
