/** Where a slider ends on either side. */
export const SLIDER_END = 5

/** What a slider's places stand for; a number that no rule of it can show has no place. */
interface Scale {
  place(value: number): number
  value(place: number): number
}

const magnitudes: Scale = { place: Math.log2, value: (place) => 2 ** place }
const numbers: Scale = { place: (value) => value, value: (place) => place }
/** From 0 to 2. */
const fromZero: Scale = {
  place: (value) => SLIDER_END * (value - 1),
  value: (place) => 1 + place / SLIDER_END
}

/** Parameters whose sliders are not ones of magnitudes. */
const scales: Readonly<Record<string, Scale>> = { theta: numbers, sigmaB: fromZero }

/** Where a parameter's slider stands, in [-5, 5]; null where its text is no number that it can show. */
export function sliderPlace(key: string, text: string): number | null {
  const place = (scales[key] ?? magnitudes).place(Number(text))
  return text.trim() !== '' && Number.isFinite(place)
    ? Math.max(-SLIDER_END, Math.min(SLIDER_END, place))
    : null
}

/** What a parameter's slider states at a place. */
export function sliderText(key: string, place: number): string {
  return String(Number((scales[key] ?? magnitudes).value(place).toPrecision(3)))
}
