import CKernels
import Foundation
import Models

/// AdamW as torch does it, on all of a model's numbers; matrices are pulled to zero, norms and biases are not.
final class Optimizer {
  private static let epsilon = 1e-8

  let weights: FloatMatrix
  /// Decayed means of the gradient and of its square.
  let mean, square: FloatMatrix
  private let layout: LlamaLayout
  private let recipe: TrainingRecipe
  private let kernels: ck_kernels

  init(_ weights: FloatMatrix, _ layout: LlamaLayout, _ recipe: TrainingRecipe, kernels: ck_kernels) {
    (self.weights, self.layout, self.recipe, self.kernels) = (weights, layout, recipe, kernels)
    mean = FloatMatrix(1, layout.count)
    square = FloatMatrix(1, layout.count)
  }

  /// The norm of `gradient`.
  func norm(_ gradient: FloatMatrix) -> Double { kernels.sum_squares(gradient.base, layout.count).squareRoot() }

  /// One step at `rate`, the gradient first cut to the recipe's norm.
  ///
  /// - Parameter number: of the step, from 1.
  /// - Parameter norm: of the gradient.
  func step(_ gradient: FloatMatrix, norm: Double, rate: Double, number: Int) {
    var constants = ck_adam()
    constants.scale = Float(min(1, recipe.clip / (norm + 1e-6)))
    constants.beta1 = Float(recipe.beta1)
    constants.beta2 = Float(recipe.beta2)
    constants.rate = Float(rate / (1 - pow(recipe.beta1, Double(number))))
    constants.correction = Float(1 / (1 - pow(recipe.beta2, Double(number))).squareRoot())
    constants.epsilon = Float(Self.epsilon)
    for tensor in layout.tensors {
      constants.keep = tensor.shape.count > 1 ? Float(1 - rate * recipe.weightDecay) : 1
      let at = tensor.offset
      kernels.adam(weights.base + at, mean.base + at, square.base + at, gradient.base + at, tensor.count, constants)
    }
  }
}
