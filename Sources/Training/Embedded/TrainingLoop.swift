import CKernels
import Dispatch
import Foundation
import Models

/// The steps of a training: the parts of a step on several threads, their gradients added up in their order, one step of the
/// optimizer.
final class TrainingLoop {
  let course: TrainingCourse
  let optimizer: Optimizer
  private let texts: [TrainingText]
  private let recipe: TrainingRecipe
  private let sum: GradientSum

  init(
    _ rows: TrainingRows, _ course: TrainingCourse, _ layout: LlamaLayout, _ c: LlamaConfiguration,
    weights: FloatMatrix,
    recipe: TrainingRecipe, threads: Int
  ) {
    (texts, self.course, self.recipe) = (rows.texts, course, recipe)
    let kernels = ck_kernels_best().pointee
    optimizer = Optimizer(weights, layout, recipe, kernels: kernels)
    let workers = (0..<threads).map { _ in LlamaGradient(layout, c, weights: weights, kernels: kernels) }
    sum = GradientSum(workers, layout.count, kernels)
  }

  /// Does the step that comes after `state`.
  ///
  /// - Throws: ``TrainingError/failed(_:)`` where the loss is no number.
  func step(_ state: inout TrainingState) throws -> TrainingProgress {
    let parts = course.parts(at: state.step).map { $0.map { texts[$0] } }
    let (loss, weight) = sum.gradient(of: parts, promptWeight: Float(recipe.promptWeight))
    let rate = course.rate(at: state.step)
    let norm = optimizer.norm(sum.total)
    guard loss.isFinite, norm.isFinite else {
      throw TrainingError.failed(
        "step \(state.step + 1): the loss is no number any more: expected a smaller learning rate than \(recipe.learningRate)"
      )
    }
    state.step += 1
    optimizer.step(sum.total, norm: norm, rate: rate, number: state.step)
    state.tokens += parts.joined().reduce(0) { $0 + $1.tokens.count }
    state.loss = loss / weight
    return TrainingProgress(
      step: state.step, steps: course.steps, loss: state.loss, learningRate: rate, tokens: state.tokens)
  }
}

/// The gradient of a step, from parts that threads take one after the other.
///
/// Each thread adds its part's gradient when those of all parts before it are in: sums come in one order, whoever was faster.
// Each worker is used by one thread at a time, and everything that changes is changed under the lock.
final class GradientSum: @unchecked Sendable {
  /// The gradient of the mean loss, in the model's layout.
  let total: FloatMatrix
  private let workers: [LlamaGradient]
  private let count: Int
  private let kernels: ck_kernels
  private let lock = NSCondition()
  private var parts: [[TrainingText]] = []
  private var taken = 0
  private var added = 0
  private var loss = 0.0

  init(_ workers: [LlamaGradient], _ count: Int, _ kernels: ck_kernels) {
    (self.workers, self.count, self.kernels) = (workers, count, kernels)
    total = FloatMatrix(1, count)
  }

  /// Leaves the gradient of the mean loss of all `parts` in ``total``; the sum of loss and that of weights.
  func gradient(of parts: [[TrainingText]], promptWeight: Float) -> (loss: Double, weight: Double) {
    let weight = parts.joined().reduce(0.0) { sum, text in
      let prompt = max(0, text.promptCount - 1)
      return sum + Double(promptWeight) * Double(prompt) + Double(text.tokens.count - 1 - prompt)
    }
    (self.parts, taken, added, loss) = (parts, 0, 0, 0)
    DispatchQueue.concurrentPerform(iterations: min(workers.count, parts.count)) { [self] worker in
      while let (number, texts) = next() {
        let own = workers[worker].run(texts, promptWeight: promptWeight, total: weight)
        add(workers[worker].gradient, own, number)
      }
    }
    return (loss, weight)
  }

  /// The next part that nobody works on.
  private func next() -> (Int, [TrainingText])? {
    lock.withLock {
      guard taken < parts.count else { return nil }
      taken += 1
      return (taken - 1, parts[taken - 1])
    }
  }

  private func add(_ gradient: FloatMatrix, _ own: Double, _ number: Int) {
    lock.withLock {
      while added != number { lock.wait() }
      loss += own
      if number == 0 {
        total.base.update(from: gradient.base, count: count)
      } else {
        kernels.add(total.base, gradient.base, 1, count)
      }
      added += 1
      lock.broadcast()
    }
  }
}
