import { InvalidArgumentError, Option, type Command } from 'commander'
import {
  figureHeightSchema,
  figureSizes,
  figureWidthSchema,
  mmFromPixels,
  pixelsFromMm
} from '@shared/figures/figure-size'
import { figureThemes, type FigureTheme } from '@shared/figures/palette'
import { LabError } from '@shared/protocol/errors'
import {
  defaultAppearance,
  figureFormats,
  type FigureAppearance,
  type FigureFormat
} from '../export/figure-files'

type Column = keyof typeof figureSizes

/** The flags of withFigureOptions. */
export interface FigureFlags {
  readonly column?: Column
  /** Millimetres. */
  readonly width?: number
  readonly height?: number
  readonly theme?: FigureTheme
  /** Points. */
  readonly fontSize?: number
  readonly dpi?: number
  readonly title: boolean
  readonly provenance: boolean
  readonly figureFormats?: FigureFormat[]
}

/** Adds the options that say how figures are drawn. */
export function withFigureOptions(command: Command): Command {
  const sizes = Object.entries(figureSizes).map(
    ([name, { widthMm, heightMm, fontSize }]) =>
      `${name} ${widthMm} × ${heightMm} mm with ${fontSize} pt`
  )
  return command
    .addOption(
      new Option('--column <kind>', `size and letters for print: ${sizes.join(', ')}`).choices(
        Object.keys(figureSizes)
      )
    )
    .option('--width <mm>', 'width of figures in millimetres', positive)
    .option('--height <mm>', 'height of figures in millimetres', positive)
    .option('--font-size <points>', 'size of their letters', positive)
    .addOption(new Option('--theme <theme>', 'their colours').choices(figureThemes))
    .option('--dpi <number>', 'resolution of PNG, dots an inch (default: 300)', positive)
    .option('--no-title', 'leave out what figures show')
    .option('--no-provenance', 'leave out how figures came about')
    .option('--figure-formats <list>', 'of svg, pdf and png (default: all)', formats)
}

/**
 * How figures are to be drawn. Sizes for print come with the theme for print.
 *
 * @throws {LabError} 'invalid-request' for sizes that no figure can have
 */
export function figureAppearance(flags: FigureFlags): FigureAppearance {
  const size = flags.column && figureSizes[flags.column]
  const pixels = (mm: number | undefined, otherwise: number): number =>
    mm === undefined ? otherwise : pixelsFromMm(mm)
  const print = flags.column !== undefined && flags.column !== 'slide'
  return {
    theme: flags.theme ?? (print ? 'print' : defaultAppearance.theme),
    width: within(
      'width',
      figureWidthSchema,
      pixels(flags.width ?? size?.widthMm, defaultAppearance.width)
    ),
    height: within(
      'height',
      figureHeightSchema,
      pixels(flags.height ?? size?.heightMm, defaultAppearance.height)
    ),
    fontSize: flags.fontSize ?? size?.fontSize ?? defaultAppearance.fontSize,
    dotsPerInch: flags.dpi ?? defaultAppearance.dotsPerInch,
    title: flags.title,
    provenance: flags.provenance
  }
}

function within(
  name: string,
  { minValue, maxValue }: { minValue: number | null; maxValue: number | null },
  pixels: number
): number {
  const [least, most] = [minValue ?? 0, maxValue ?? Infinity]
  if (pixels >= least && pixels <= most) return pixels
  const [low, high] = [Math.ceil(mmFromPixels(least)), Math.floor(mmFromPixels(most))]
  throw new LabError(
    'invalid-request',
    `--${name} ${Math.round(mmFromPixels(pixels))}: figures are ${low} to ${high} mm`
  )
}

function positive(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('must be a number above 0.')
}

function formats(text: string): FigureFormat[] {
  return text.split(',').map((name) => {
    const format = figureFormats.find((one) => one === name.trim().toLowerCase())
    if (format) return format
    throw new InvalidArgumentError(`“${name}” is none of ${figureFormats.join(', ')}.`)
  })
}
