import type { ViewId } from '../shell/view-ids'
import type { HelpTopic } from './topic'

/** The explanation of every view. */
export const helpTopics: Readonly<Record<ViewId, HelpTopic>> = {
  start: {
    about: [
      'A sign or Heaviside unit has derivative 0 almost everywhere, so gradient descent cannot train networks of them. Surrogate gradient learning uses another function ψ in place of φ′ in the backward pass, and trains them all the same.',
      'Tangent Lab trains such networks, computes the kernels that describe them when they are wide, and holds one against the other.',
      'An experiment is data, a network, a surrogate, widths, and how many networks to train. A preset is an experiment that is ready to launch.'
    ],
    equations: [
      {
        tex: String.raw`\varphi'(z) \;\to\; \psi(z)`,
        says: 'In the backward pass alone; the forward pass keeps the step φ.'
      }
    ],
    paper: 'Sections 1 and 2: surrogate gradient learning and why the NTK cannot describe it.'
  },
  design: {
    about: [
      'The form states everything that determines a result. The forecast beside it says what launching would cost, and the largest step size for which the predicted dynamics are stable.',
      'The stack shows the layers from input to output. A layer that is chosen there can have φ, ψ, σ_w and σ_b of its own; what it leaves empty is that of all layers. Alt+↑ and Alt+↓ move it, Delete removes it, and Ctrl+Z takes changes back.',
      'An ensemble is a number of networks of one width that differ in their random initial parameters alone. Several widths show how networks approach the limit of infinite width.',
      'Widths and swept values take lists, such as 20, 100, 500. The seed determines all random numbers: the same design with the same seed gives the same run.'
    ],
    equations: [
      {
        tex: String.raw`h^{l+1} = \tfrac{\sigma_w}{\sqrt{n_l}}\, W^{l+1} \varphi(h^l) + \sigma_b\, b^{l+1}`,
        says: 'NTK parametrisation, all W and b drawn from N(0, 1).'
      },
      {
        tex: String.raw`\mathcal{L} = \tfrac12 \sum_i \bigl(f(x_i) - y_i\bigr)^2,\qquad t = \eta k`,
        says: 'The loss, and the training time after k steps of size η.'
      },
      {
        tex: String.raw`\eta < 2 / \lambda_{\max}`,
        says: 'Above this the predicted dynamics diverge, λ the eigenvalues of the kernel among training points.'
      }
    ],
    paper: 'Section 3 and the captions of Figures 1 to 3 state the parameters of the presets.'
  },
  data: {
    about: [
      'Data that experiments can learn from: generators, real sets that come with the lab, and those imported into the session. What is set here is what “Use in design” takes into the experiment.',
      'Training points are drawn large and filled, test points small and open, in the colour of their class or target. Data of more than three inputs are shown by their two principal components.',
      'On inputs of equal norm the SG-NTK is symmetric: there it cannot be told from its transpose. On unequal norms it is not.',
      'Tables are shuffled by the seed before the split; “mean 0, deviation 1” is learned from the training rows alone.'
    ],
    equations: [
      {
        tex: String.raw`\lVert x 
Vert = \lVert x' 
Vert \;\Rightarrow\; I(x, x') = I(x', x)`,
        says: 'Equal norms make pre-activations of equal variance, which can be exchanged.'
      }
    ],
    paper: 'Section 4: the paper’s own data lie on the unit circle.'
  },
  surrogates: {
    about: [
      'Every surrogate derivative ψ of the lab, and what libraries for spiking networks call theirs. Those that are ticked are laid over one another: ψ itself, its mean M(s) under a Gaussian, the kernel that it makes over the angle between two inputs, its spectrum, and the function that wide networks learn with it from the paper’s circle data.',
      'The network is that of the design. For a step activation, M(s) is all that the kernel sees of ψ: surrogates that look different make nearly the same kernel where their M(s) agree.',
      'A step of height J has a derivative of area J. “Match area to the jump” scales ψ to that area, so that surrogates differ in shape alone.'
    ],
    equations: [
      {
        tex: String.raw`M(s) = \mathbb{E}\, \psi(sZ), \qquad Z \sim \mathcal{N}(0, 1)`,
        says: 'The mean of ψ where the other input’s pre-activation is 0.'
      },
      {
        tex: String.raw`\mathbb{E}\, \varphi'(u)\,\psi(v) = \sqrt{\tfrac{2}{\pi a}}\; M(s), \qquad s^2 = b - c^2/a`,
        says: 'For φ = sign: the factor of one layer; u ~ N(0, a), v ~ N(0, b), covariance c.'
      }
    ],
    paper: 'Section 4: how the surrogate regularises the singular kernel of sign.'
  },
  runs: {
    about: [
      'All runs of the session. The search takes texts, labels such as tag:paper, and comparisons of any parameter or result such as width>=500 or rmse<0.1; parts beside one another all have to fit, commas separate alternatives, and - before a part excludes.',
      'Chosen runs are held against one another: only what differs between their configurations, and their results grouped by the parameters that differ, over seeds. Ensembles of the same configuration and seed count once.',
      'Deleted runs can be brought back until the session is closed.'
    ],
    equations: [
      {
        tex: String.raw`\bar x \pm t_{0.975,\,n-1}\, s / \sqrt{n}`,
        says: 'A result of a group: mean and 95 % interval over its n ensembles.'
      }
    ],
    paper: null
  },
  queue: {
    about: [
      'Runs are computed one after another, in the order of this list. What waits can be moved, paused or cancelled; a paused run leaves the queue and goes on later where it stopped. Holding the queue lets the run under way go on to its end but begins no other.',
      'The queue is kept in the session. When the session is opened again, its runs are listed as left over: nothing of them is computed before you take the queue up again. The run that was under way goes on from its last checkpoint.',
      'A sweep queues a run for every combination of the values that you state, in a group of its own. A run that failed or was cancelled is repeated as a new run with the same name, group and tags; what failed stays on record.'
    ],
    equations: [],
    paper: null
  },
  compare: {
    about: [
      'Ensembles of any runs over one another: functions with what is predicted of each, losses, results against a parameter, kernel errors against the width. “Edit” keeps such a figure in the session.',
      'Results are means over ensembles that differ by their seed, with 95 % intervals; below is only what differs between the configurations.'
    ],
    equations: [],
    paper: null
  },
  figures: {
    about: [
      'Figures that are kept in the session, with what was changed of them. “Edit” beside any figure begins one; it is drawn from the stored results each time, so it follows its run.',
      'Rename, duplicate and delete can be undone. `tangent export SESSION --stored-figures FOLDER` writes them all as files.'
    ],
    equations: [],
    paper: null
  },
  figure: {
    about: [
      'The preview is the file: the same code draws both, at the size in millimetres that is set beside it and shrunk to fit the window. Numbers are the data’s own; only looks, ranges and words change.',
      'What is left empty follows the data. A change of all panels holds for those that have none of their own. Notes stand at places in the units of the axes.',
      'Save keeps the figure in the session (Ctrl+S). Ctrl+Z takes changes back.'
    ],
    equations: [
      {
        tex: String.raw`x \mapsto \operatorname{arsinh}(x / w)`,
        says: 'The asinh scale: linear within ±w, logarithmic far from 0 on either side.'
      }
    ],
    paper: null
  },
  studies: {
    about: [
      'A study holds a claim of the theory against numbers. Every finding states its value with its uncertainty, what is expected of it and why, and a verdict.',
      'Quick studies check the claim in small; the full size is that of the paper. A study that was paused goes on where it stopped, and the networks that it trains are runs of the session.',
      'An estimate agrees where it lies within three standard errors of what is expected. What has no expectation is only measured.'
    ],
    equations: [
      {
        tex: String.raw`z = \frac{\operatorname{dist}(\hat v, [a, b])}{\mathrm{se}(\hat v)} \le 3`,
        says: 'The estimate agrees with what is expected, between a and b.'
      }
    ],
    paper: 'The networks of Figures 1 to 3; some studies go beyond the paper.'
  },
  run: {
    about: [
      'The comparison shows the functions that single networks have learned (faint), their mean, and the predicted mean with its 95 % band, at the same training time. The slider goes back in training.',
      'The agreement in numbers: z is the distance of the ensemble’s mean from the predicted one in standard errors. Its root mean square is about 1 where theory describes the networks; p says how often chance alone would give a distance as large.',
      'Finite networks deviate from the limit. A small p at a small RMSE says that the ensemble is large enough to see that.'
    ],
    equations: [
      {
        tex: String.raw`\mu_t(x) = I(x, X)\, I(X, X)^{-1} \bigl(1 - e^{-t\, I(X, X)}\bigr)\, y`,
        says: 'The predicted mean in gradient flow, I the SG-NTK: first argument the point to predict, second the training point.'
      },
      {
        tex: String.raw`z(x) = \frac{\bar f(x) - \mu_t(x)}{\mathrm{se}(x)}`,
        says: 'The distance of the means in standard errors of the ensemble.'
      }
    ],
    paper: 'Figure 3: sign networks trained with a surrogate, against the SG-NTK prediction.'
  },
  help: {
    about: [
      'The glossary has the words of the field as this lab uses them, and what they are called in its code and files.',
      'The tour goes through the three results of the paper in this window. Every view explains itself beside it: press F1.'
    ],
    equations: [
      {
        tex: String.raw`T^{+} = S^{+} + T \cdot \sigma_w^2\, \mathbb{E}\, \varphi'(u)\, \varphi'(v)`,
        says: 'The NTK of one more layer: for a step φ the expectation diverges where u = v.'
      },
      {
        tex: String.raw`I^{+} = S^{+} + I \cdot \sigma_w^2\, \mathbb{E}\, \varphi'(u)\, \psi(v)`,
        says: 'The SG-NTK: finite, and not symmetric.'
      }
    ],
    paper: 'Section 4: the generalised, asymmetric kernel.'
  }
}
