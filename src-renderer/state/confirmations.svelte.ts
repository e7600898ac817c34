/** Something that is asked before it is done. */
export interface Question {
  readonly title: string
  /** What doing it would mean. */
  readonly text: string
  /** What the button says that does it. */
  readonly action: string
}

/** The question on show, one at a time. */
export class Confirmations {
  question = $state.raw<Question | null>(null)
  private settle: (answer: boolean) => void = () => undefined

  /** Asks the user; a question still open is answered with no. */
  ask(question: Question): Promise<boolean> {
    this.answer(false)
    this.question = question
    return new Promise((settle) => {
      this.settle = settle
    })
  }

  /** The user's answer. */
  answer(isConfirmed: boolean): void {
    this.question = null
    this.settle(isConfirmed)
    this.settle = () => undefined
  }
}
