import type { Lab } from '../state/lab.svelte'

/** One step of the guided tour. */
export interface TourStep {
  /** Which of the three results it belongs to. */
  readonly chapter: string
  readonly title: string
  readonly text: string
  /** The control that it points to, as a selector; null where it points to none. */
  readonly target: string | null
  /** Opens what the step is about. */
  go(lab: Lab): void
}

const singular = '1 · The NTK of step networks is singular'
const predicted = '2 · The SG-NTK predicts surrogate gradient learning'
const matters = '3 · The surrogate is part of the kernel'

/** The three results of arXiv 2405.15539, each tried out in this window. */
export const tourSteps: readonly TourStep[] = [
  {
    chapter: singular,
    title: 'Steep sigmoids in place of steps',
    text: 'This preset replaces the step by erf(mz). The larger m, the nearer it is to sign. Its networks are trained with their true derivative.',
    target: '[data-section="Activation and surrogate derivative"]',
    go: (lab) => {
      lab.beginWith('figure-1')
    }
  },
  {
    chapter: singular,
    title: 'The largest stable step shrinks',
    text: 'The diagonal of the NTK grows without bound with m, and with it the largest eigenvalue. The forecast shows what that does to gradient descent: the largest stable η falls from one m to the next. For a step none is left.',
    target: '[data-section="Forecast"]',
    go: (lab) => {
      lab.beginWith('figure-1')
    }
  },
  {
    chapter: predicted,
    title: 'A surrogate makes it finite',
    text: 'Now sign networks themselves, trained with the surrogate ψ = erf′ in the backward pass. Putting ψ in place of one φ′ leaves a finite kernel, the SG-NTK.',
    target: '[data-section="Activation and surrogate derivative"]',
    go: (lab) => {
      lab.beginWith('quick')
    }
  },
  {
    chapter: predicted,
    title: 'Train, and compare',
    text: 'Press Launch: 64 networks are trained in a few seconds. Then the ensemble’s mean lies on the predicted mean, and its members within the band.',
    target: '[data-section="Launch"]',
    go: (lab) => {
      lab.workspace.open('design')
    }
  },
  {
    chapter: matters,
    title: 'Another surrogate, another function',
    text: 'Choose another surrogate derivative, or another steepness m, and launch again. The networks’ step is the same, yet they learn another function, and the prediction follows. Drag one run’s tab to the other side to see both.',
    target: '[data-section="Activation and surrogate derivative"]',
    go: (lab) => {
      lab.workspace.open('design')
    }
  },
  {
    chapter: matters,
    title: 'Keep the figure',
    text: 'A run’s figures are exported as SVG, PDF or PNG from its tab. Every run stays in this session with all that determined it.',
    target: '[data-section="Runs"]',
    go: (lab) => {
      const [newest] = lab.runs.list
      if (newest) lab.openRun(newest.id)
    }
  }
]
