const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * A number for people: three significant digits or all before the point, a true minus sign, powers of ten where plain digits
 * would be long.
 */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const exponent = Math.floor(Math.log10(Math.abs(value)))
  if (exponent >= -3 && exponent < 5) {
    return withMinus(exponent >= digits ? value.toFixed(0) : value.toPrecision(digits))
  }
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e')
  return `${withMinus(mantissa)} × ${powerOfTen(Number(power))}`
}

/** 10ⁿ in superscripts. */
export function powerOfTen(power: number): string {
  const raised = String(Math.abs(power)).replace(
    /\d/g,
    (digit) => superscripts[Number(digit)] ?? ''
  )
  return `10${power < 0 ? '⁻' : ''}${raised}`
}

/** A whole number with narrow spaces that do not break between groups of three digits. */
export function formatCount(value: number): string {
  const digits = String(Math.round(value))
  return digits.length <= 4 ? digits : digits.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')
}

/** The shortest form of a number that is meant to be round, such as a tick. */
export function formatTick(value: number): string {
  return withMinus(String(Number(value.toPrecision(6))))
}

function withMinus(text: string): string {
  return text.replace('-', '−')
}
