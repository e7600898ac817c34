/** Numbers of which it is not known beforehand how many there will be. */
export class GrowingNumbers {
  private values = new Float64Array(1024)
  private length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  take(): Float64Array {
    return this.values.slice(0, this.length)
  }
}
