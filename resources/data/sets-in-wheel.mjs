const lines = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim())

/** A CSV file of scikit-learn: "rows,columns,class names…", then numbers, then the class's index. */
const classified = (columns, target) => (texts) => {
  const [header, ...rows] = lines(texts[0])
  const [count, inputs, ...classNames] = header.split(',')
  if (Number(count) !== rows.length || Number(inputs) !== columns.length) {
    throw new Error(`${header} does not match ${rows.length} rows of ${columns.length} inputs`)
  }
  return { columns, target, classNames, rows: named(rows, classNames) }
}

const named = (rows, classNames) =>
  rows.map((row) => {
    const cells = row.split(',')
    const name = classNames[Number(cells.pop())]
    if (name === undefined) throw new Error(`no class for ${row}`)
    return [...cells, name]
  })

const cellNames = ['radius', 'texture', 'perimeter', 'area', 'smoothness', 'compactness']
cellNames.push('concavity', 'concave points', 'symmetry', 'fractal dimension')

const inWheel = (name) => `sklearn/datasets/data/${name}`
const uci = (page) => `UCI Machine Learning Repository, https://archive.ics.uci.edu/dataset/${page}`
const uciLicence =
  'The page of the set in the UCI Machine Learning Repository states its terms. The copy is that in ' +
  'scikit-learn, which is BSD-3-Clause as a whole and states no licence for the data set by itself.'

/** What of scikit-learn's data is bundled, and how its files are read. */
export const setsInWheel = [
  {
    id: 'digits',
    title: 'Digits',
    about: 'Handwritten digits as 8×8 images, each pixel 0 … 16; inputs row by row.',
    origin: uci('80/optical+recognition+of+handwritten+digits') + ', the test part',
    citation:
      'E. Alpaydin, C. Kaynak (1998), Cascading Classifiers, Kybernetika 34(4), 369–374; ' +
      'Optical Recognition of Handwritten Digits, UCI Machine Learning Repository',
    licence: uciLicence,
    files: [inWheel('digits.csv.gz')],
    table: (texts) => {
      const classNames = Array.from({ length: 10 }, (_, digit) => String(digit))
      const columns = Array.from({ length: 64 }, (_, i) => `pixel_${i >> 3}_${i & 7}`)
      return { columns, target: 'digit', classNames, rows: named(lines(texts[0]), classNames) }
    }
  },
  {
    id: 'iris',
    title: 'Iris',
    about: 'Sizes of sepals and petals of flowers of three species of iris, 50 flowers each.',
    origin:
      'R. A. Fisher’s measurements as in R, which differ in two rows from the copy in the ' +
      uci('53/iris'),
    citation:
      'R. A. Fisher (1936), The use of multiple measurements in taxonomic problems, Annals of ' +
      'Eugenics 7(2), 179–188',
    licence: uciLicence,
    files: [inWheel('iris.csv')],
    table: classified(
      ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'],
      'species'
    )
  },
  {
    id: 'wine',
    title: 'Wine',
    about: 'Chemical analyses of wines from three cultivators of one region of Italy.',
    origin: uci('109/wine'),
    citation:
      'M. Forina et al., PARVUS: An extendible package for data exploration, classification and ' +
      'correlation, Genoa; Wine, UCI Machine Learning Repository (1991)',
    licence: uciLicence,
    files: [inWheel('wine_data.csv')],
    table: classified(
      [
        ...['alcohol', 'malic_acid', 'ash', 'alcalinity_of_ash', 'magnesium', 'total_phenols'],
        ...['flavanoids', 'nonflavanoid_phenols', 'proanthocyanins', 'color_intensity', 'hue'],
        ...['od280/od315_of_diluted_wines', 'proline']
      ],
      'cultivator'
    )
  },
  {
    id: 'breast-cancer',
    title: 'Breast cancer',
    about: 'Features of cell nuclei in images of breast masses, malignant or benign.',
    origin: uci('17/breast+cancer+wisconsin+diagnostic'),
    citation:
      'W. N. Street, W. H. Wolberg, O. L. Mangasarian (1993), Nuclear feature extraction for breast ' +
      'tumor diagnosis, SPIE 1905, 861–870; Breast Cancer Wisconsin (Diagnostic), UCI Machine ' +
      'Learning Repository (1995)',
    licence: uciLicence,
    files: [inWheel('breast_cancer.csv')],
    table: classified(
      [
        ...cellNames.map((name) => `mean ${name}`),
        ...cellNames.map((name) => `${name} error`),
        ...cellNames.map((name) => `worst ${name}`)
      ],
      'diagnosis'
    )
  },
  {
    id: 'diabetes',
    title: 'Diabetes',
    about:
      'Ten measurements of 442 diabetes patients, and how far the disease had progressed a year ' +
      'later; in their own units, not scaled.',
    origin: 'https://www4.stat.ncsu.edu/~boos/var.select/diabetes.html',
    citation:
      'B. Efron, T. Hastie, I. Johnstone, R. Tibshirani (2004), Least Angle Regression, Annals of ' +
      'Statistics 32(2), 407–499',
    licence:
      'None is stated by its authors. The copy is that in scikit-learn, which is BSD-3-Clause as a ' +
      'whole and states no licence for the data set by itself.',
    files: [inWheel('diabetes_data_raw.csv.gz'), inWheel('diabetes_target.csv.gz')],
    table: ([data, targets]) => {
      const progression = lines(targets).map(Number)
      return {
        columns: ['age', 'sex', 'bmi', 'bp', 's1', 's2', 's3', 's4', 's5', 's6'],
        target: 'progression',
        classNames: null,
        rows: lines(data).map((row, i) => [...row.split(/\s+/), String(progression[i])])
      }
    }
  }
]
