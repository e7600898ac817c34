import type { colourMaps } from './plot'

type ColourMap = (typeof colourMaps)[number]
type Rgb = readonly [red: number, green: number, blue: number]

/** Colours of equal distance; between them they are mixed. Perceived as evenly spaced, also by the colour-blind. */
const stops: Readonly<Record<ColourMap, readonly string[]>> = {
  /** Viridis (van der Walt & Smith 2015). */
  sequential: [
    '#440154',
    '#482878',
    '#3e4989',
    '#31688e',
    '#26828e',
    '#1f9e89',
    '#35b779',
    '#6ece58',
    '#b5de2b',
    '#fde725'
  ],
  /** Red and blue of ColorBrewer's RdBu (Brewer 2003), blue for negative. */
  diverging: [
    '#053061',
    '#2166ac',
    '#4393c3',
    '#92c5de',
    '#d1e5f0',
    '#f7f7f7',
    '#fddbc7',
    '#f4a582',
    '#d6604d',
    '#b2182b',
    '#67001f'
  ],
  /** One colour a class: light ones of Okabe and Ito, on which black marks are seen. */
  classes: ['#9ecae9', '#f2b48c', '#a3dcc4', '#eed79a', '#d9b3d0', '#c4c4c4', '#f5e6a1', '#b8c4e8']
}

/** Levels that colours are rounded to: finer than the eye, few enough for small files. */
export const COLOUR_LEVELS = 256

/**
 * The colour of a level.
 *
 * @param level 0 … COLOUR_LEVELS − 1; of 'classes' the number of the class
 */
export function colourOfLevel(map: ColourMap, level: number): string {
  const colours = stops[map]
  if (map === 'classes') return colours[level % colours.length] ?? ''
  const place = (level / (COLOUR_LEVELS - 1)) * (colours.length - 1)
  const i = Math.min(Math.floor(place), colours.length - 2)
  const [from, to] = [rgb(colours[i] ?? ''), rgb(colours[i + 1] ?? '')]
  const mixed = from.map((value, k) => Math.round(value + (place - i) * ((to[k] ?? 0) - value)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Whether words on a colour must be dark to be read. */
export function isLight(colour: string): boolean {
  const [red, green, blue] = rgb(colour)
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140
}

function rgb(colour: string): Rgb {
  const part = (i: number): number => parseInt(colour.slice(i, i + 2), 16)
  return [part(1), part(3), part(5)]
}
