import type { StoredDataset } from '@shared/protocol/datasets'
import type { RunDetail } from '@shared/protocol/results'
import { appVersion } from '../../version'

interface Placed {
  readonly run: RunDetail
  readonly folder: string
}

/** What a bundle says to people: what is in it, how it was computed, and how to compute it again. */
export function bundleReadme(
  runs: readonly Placed[],
  datasets: readonly (StoredDataset & { readonly folder: string })[]
): string {
  return [
    '# Runs of Tangent Lab',
    '',
    `Exported by Tangent Lab ${appVersion}. Everything of ${runs.length === 1 ? 'one run' : `${runs.length} runs`} is here; into a session of your own it goes by`,
    '',
    ...command('tangent import BUNDLE.zip --session mine.tangent'),
    '',
    '| file | holds |',
    '| --- | --- |',
    '| `manifest.json` | what is in the bundle, with the SHA-256 of every file |',
    '| `runs/*/experiment.json` | what was computed: data, design, training, seed |',
    '| `runs/*/run.json` | the run: environment, times, agreement with theory |',
    '| `runs/*/arrays/` | every array, for NumPy |',
    '| `runs/*/figures/` | figures as SVG and PDF |',
    '| `*/*/rows.json` | rows of the session, for the import: runs, data, figures and studies that rest on the runs |',
    ...(datasets.length === 0
      ? []
      : ['| `datasets/*/` | stored data that the runs learned from |']),
    '',
    'NumPy reads the archive as it is:',
    '',
    '```python',
    'import numpy',
    'bundle = numpy.load("BUNDLE.zip")',
    `outputs = bundle["${runs[0]?.folder ?? 'runs/RUN'}/arrays/ensemble-0/testOutputs"]`,
    '# shape: recorded steps, networks, test points, outputs',
    '```',
    ...runs.flatMap((placed) => runSection(placed)),
    ...datasets.flatMap(datasetSection),
    ''
  ].join('\n')
}

function runSection({ run, folder }: Placed): string[] {
  const { environment, experiment } = run
  const device = environment?.gpu ? 'gpu' : 'cpu'
  const stored = experiment.data.kind === 'stored'
  return [
    '',
    `## ${plainLine(run.name)}`,
    '',
    `- run \`${run.id}\`, ${run.status}, seed ${run.seed}`,
    ...(environment
      ? [
          `- computed by Tangent Lab ${environment.appVersion} with TensorFlow ${environment.tensorflowVersion} on ${environment.device}`,
          `- ${environment.cpuModel}, ${environment.cpuCount} cores, ${environment.platform}`
        ]
      : []),
    '',
    'To compute it again, unpack the bundle and run in its folder:',
    '',
    ...command(
      ...(stored ? ['tangent import BUNDLE.zip --session again.tangent'] : []),
      `tangent run ${folder}/experiment.json --session again.tangent --device ${device}`
    ),
    '',
    'The same version on the same device gives the same numbers to the last bit; another one agrees to rounding.'
  ]
}

function datasetSection({
  name,
  sha256,
  folder,
  origin
}: StoredDataset & { readonly folder: string }): string[] {
  return [
    '',
    `## Data: ${plainLine(name)}`,
    '',
    `\`${folder}/\`, contents \`${sha256}\`, imported at ${origin.importedAt} from ${plainLine(origin.fileName)} (${origin.fileBytes} bytes, SHA-256 \`${origin.fileSha256}\`).`
  ]
}

function command(...lines: readonly string[]): string[] {
  return ['```sh', ...lines, '```']
}

/** A user's text in a line of Markdown, where it stands for itself. */
function plainLine(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|!]/g, (sign) => `\\${sign}`)
    .trim()
}
