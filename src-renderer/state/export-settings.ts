import { z } from 'zod'
import type { FigureRequest } from '@shared/figures/figure-request'
import {
  figureHeightSchema,
  figureSizes,
  figureWidthSchema,
  mmFromPixels,
  pixelsFromMm
} from '@shared/figures/figure-size'
import { figureSize } from '@shared/figures/figure-style'
import { figureThemes, type FigureTheme } from '@shared/figures/palette'

const STORED_AS = 'tangent-figure-export'
const millimetres = (least: number, most: number) =>
  z
    .number('must be a number')
    .min(least, `at least ${Math.ceil(least)} mm`)
    .max(most, `at most ${Math.floor(most)} mm`)
const limits = (schema: typeof figureWidthSchema) =>
  millimetres(mmFromPixels(schema.minValue ?? 0), mmFromPixels(schema.maxValue ?? Infinity))

/** How figures are drawn into files, as the user last chose it. */
export const exportSettingsSchema = z.object({
  widthMm: limits(figureWidthSchema),
  heightMm: limits(figureHeightSchema),
  /** Points. */
  fontSize: z.number('must be a number').min(4, 'at least 4 pt').max(48, 'at most 48 pt'),
  theme: z.enum(figureThemes),
  /** Of PNG. */
  dotsPerInch: z.int('must be a whole number').min(72, 'at least 72').max(1200, 'at most 1200'),
  title: z.boolean(),
  provenance: z.boolean()
})
export type ExportSettings = z.infer<typeof exportSettingsSchema>

const round = (mm: number): number => Math.round(10 * mm) / 10

/** Sizes with a name. */
export const exportSizes = {
  screen: {
    widthMm: round(mmFromPixels(figureSize.width)),
    heightMm: round(mmFromPixels(figureSize.height)),
    fontSize: 9
  },
  ...figureSizes
} as const
export type ExportSize = keyof typeof exportSizes

/** Sizes as they are offered. */
export const sizeItems: readonly { value: ExportSize | 'own'; label: string }[] = [
  { value: 'screen', label: 'Screen' },
  { value: 'single', label: 'Single column' },
  { value: 'double', label: 'Double column' },
  { value: 'slide', label: 'Slide' },
  { value: 'own', label: 'Own size' }
]

/** Themes as they are offered. */
export const themeItems: readonly { value: FigureTheme; label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'print', label: 'Print: black on white' }
]

/** As figures are on the screen, on white. */
export const initialSettings: ExportSettings = {
  ...exportSizes.screen,
  ...{ theme: 'light', dotsPerInch: 300, title: true, provenance: true }
}

/** The name of a size; null for one of the user's own. */
export function sizeName({
  widthMm,
  heightMm,
  fontSize
}: Pick<ExportSettings, 'widthMm' | 'heightMm' | 'fontSize'>): ExportSize | null {
  const names = Object.keys(exportSizes) as ExportSize[]
  return (
    names.find((name) => {
      const size = exportSizes[name]
      return size.widthMm === widthMm && size.heightMm === heightMm && size.fontSize === fontSize
    }) ?? null
  )
}

/** The part of a request for a figure that settings decide. */
export function drawnAs({
  widthMm,
  heightMm,
  ...settings
}: ExportSettings): Omit<FigureRequest, 'source' | 'edits' | 'format'> {
  return { ...settings, width: pixelsFromMm(widthMm), height: pixelsFromMm(heightMm) }
}

/** What the user last chose; the first settings where nothing sound is stored. */
export function rememberedSettings(store: Storage): ExportSettings {
  try {
    return exportSettingsSchema.parse(JSON.parse(store.getItem(STORED_AS) ?? 'null'))
  } catch {
    return initialSettings
  }
}

/** Keeps what the user chose. */
export function rememberSettings(store: Storage, settings: ExportSettings): void {
  store.setItem(STORED_AS, JSON.stringify(settings))
}
