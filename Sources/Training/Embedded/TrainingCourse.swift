import Vocabulary

/// Which rows each step sees and how far it goes: a function of the recipe and the seed alone, so that a training that was
/// stopped goes on as if nothing had been.
struct TrainingCourse: Sendable {
  /// Parts of a step that are worked on at once, at most. A number of its own, and not that of the threads, so that sums come out
  /// the same on every machine.
  static let mostParts = 8

  /// Steps in all.
  let steps: Int
  private let recipe: TrainingRecipe
  private let seed: UInt64
  private let lengths: [Int]
  private let stepsAnEpoch: Int

  /// - Parameter lengths: tokens of each row.
  init(_ recipe: TrainingRecipe, seed: UInt64, lengths: [Int]) {
    (self.recipe, self.seed, self.lengths) = (recipe, seed, lengths)
    stepsAnEpoch = (lengths.count + recipe.batch - 1) / recipe.batch
    steps = min(recipe.maxSteps ?? .max, recipe.epochs * stepsAnEpoch)
  }

  /// The rows of step `step`, from 0. Each epoch has an order of its own; its last step has the rows that are left.
  /// Complexity: O(rows).
  func rows(at step: Int) -> [Int] {
    var generator = SplitMix(seed: seed, index: step / stepsAnEpoch)
    var order = Array(lengths.indices)
    // Fisher and Yates, spelled out: the library's own way of shuffling may change with its version.
    for last in order.indices.dropFirst().reversed() { order.swapAt(last, generator.below(last + 1)) }
    let first = step % stepsAnEpoch * recipe.batch
    return Array(order[first..<min(first + recipe.batch, order.count)])
  }

  /// The same rows in parts that are about equally long: the longest row first, each to the part that has least.
  func parts(at step: Int) -> [[Int]] {
    let rows = rows(at: step)
    var parts = Array(repeating: (rows: [Int](), tokens: 0), count: min(Self.mostParts, rows.count))
    for row in rows.sorted(by: { (lengths[$1], $0) < (lengths[$0], $1) }) {
      // The first of those that have least: `min` gives the first.
      guard let least = parts.indices.min(by: { parts[$0].tokens < parts[$1].tokens }) else { continue }
      parts[least].rows.append(row)
      parts[least].tokens += lengths[row]
    }
    return parts.map(\.rows)
  }

  /// The learning rate of step `step`, from 0: it rises in a line over the warm-up, the last step of which has the highest, and
  /// falls in a line that would reach 0 at the step after the last.
  func rate(at step: Int) -> Double {
    let rise = Double(step + 1) / Double(max(1, recipe.warmup))
    let fall = Double(steps - step) / Double(max(1, steps - recipe.warmup))
    return recipe.learningRate * min(1, rise, fall)
  }
}

extension TrainingRecipe {
  /// Looks whether every number is in its range.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` for a number out of its range.
  package func validate() throws {
    func require(_ isRight: Bool, _ name: String, _ range: String, _ value: Any) throws {
      guard isRight else { throw TrainingError.unusable("\(name): expected \(range), found \(value)") }
    }
    try require(learningRate > 0 && learningRate.isFinite, "learning rate", "a number above 0", learningRate)
    try require((1...1_000_000).contains(epochs), "epochs", "1 to 1000000", epochs)
    try require(maxSteps.map { $0 >= 1 } ?? true, "max steps", "1 or more", maxSteps ?? 0)
    try require((1...1_000_000).contains(batch), "batch", "1 to 1000000", batch)
    try require(warmup >= 0, "warmup", "0 or more", warmup)
    try require(clip > 0, "clip", "a number above 0", clip)
    try require((0..<1).contains(beta1), "beta1", "a number in [0, 1)", beta1)
    try require((0..<1).contains(beta2), "beta2", "a number in [0, 1)", beta2)
    try require(weightDecay >= 0 && weightDecay.isFinite, "weight decay", "a number of 0 or more", weightDecay)
    try require((0...1).contains(promptWeight), "prompt weight", "a number in [0, 1]", promptWeight)
    try require(adapterRank.map { $0 >= 1 } ?? true, "adapter rank", "1 or more", adapterRank ?? 0)
  }
}
