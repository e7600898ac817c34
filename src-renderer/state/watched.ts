/** Which things are on show, and in how many places. */
export class Watched {
  private readonly counts = new Map<string, number>()

  get ids(): string[] {
    return [...this.counts.keys()]
  }

  /** Counts one more place; the returned function counts it off. */
  add(id: string): () => void {
    this.counts.set(id, (this.counts.get(id) ?? 0) + 1)
    return () => {
      const others = (this.counts.get(id) ?? 1) - 1
      if (others === 0) this.counts.delete(id)
      else this.counts.set(id, others)
    }
  }
}
