import { referenceCases } from './oracle'

export interface ClassificationCase {
  id: string
  params: { depth_hidden: number; sigma_w: number; sigma_b: number; kernel: string }
  X_train: number[][]
  X_test: number[][]
  y_train: number[]
  theta_inf_test_train: number[][]
  c: number[]
  limit_score: number[]
  limit_class: number[]
  finite_m: {
    m: number
    predictor: number[]
    scaled: number[]
    diag_ratio: number[]
    sign_agreement: number
  }[]
}

/** The reference cases of the classification limit. */
export const classificationCases = referenceCases<ClassificationCase>('classification')
