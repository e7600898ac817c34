const labels: Readonly<Record<string, string>> = {
  formula: 'f(z), such as tanh(z) + 0.1*z',
  m: 'm, steepness',
  theta: 'θ, threshold',
  a: 'a, half width',
  amp: 'height',
  alpha: 'α',
  beta: 'β, steepness',
  kappa: 'κ, steepness',
  slope: 'slope below θ',
  omega: 'ω, frequency'
}

/** How a parameter of an activation or surrogate is called in the form. */
export function parameterLabel(key: string): string {
  return labels[key] ?? key
}
