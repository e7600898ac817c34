import { z } from 'zod'

const MM_PER_INCH = 25.4
const POINTS_PER_INCH = 72
const PIXELS_PER_INCH = 96

/** Sizes of figures as papers and talks want them, with the size of their letters. */
export const figureSizes = {
  /** One of two columns of a journal page. */
  single: { widthMm: 85, heightMm: 68, fontSize: 8 },
  /** Both columns. */
  double: { widthMm: 175, heightMm: 95, fontSize: 8 },
  /** A whole slide of 16 : 9. */
  slide: { widthMm: 254, heightMm: 142.9, fontSize: 16 }
} as const

/** Limits of a figure's size in CSS pixels: 40 mm to 1.3 m wide, 30 mm to 1.3 m high. */
export const figureWidthSchema = z.number().min(150).max(5000)
export const figureHeightSchema = z.number().min(110).max(5000)
/** Size of a figure's letters in points; without a wish it is that of the screen, 12 pixels. */
export const fontSizeSchema = z.number().min(4).max(48).default(9)

/** CSS pixels (96 an inch) of a length in millimetres. */
export function pixelsFromMm(mm: number): number {
  return (mm / MM_PER_INCH) * PIXELS_PER_INCH
}

/** Millimetres of a length in CSS pixels. */
export function mmFromPixels(pixels: number): number {
  return (pixels / PIXELS_PER_INCH) * MM_PER_INCH
}

/** CSS pixels of a length in points (72 an inch), as type sizes and line widths are given. */
export function pixelsFromPoints(points: number): number {
  return (points / POINTS_PER_INCH) * PIXELS_PER_INCH
}

/** Points of a length in CSS pixels. */
export function pointsFromPixels(pixels: number): number {
  return (pixels / PIXELS_PER_INCH) * POINTS_PER_INCH
}
