import TreeSearch
import Vocabulary

/// Ranges of a file's values, and how they become [0, 1].
struct TreeScales {
  /// By value, the range that is mapped; none for values that lie in [0, 1] as they are.
  private(set) var scales: [String: ImportOrigin.Scale] = [:]

  /// The value that means, and what was backed up, are on one scale with.
  static let mean = "q"

  /// The ranges of `draft`: those that a person gave, those that its form fixes, else what the values themselves show.
  init(_ draft: TreeDraft, given: ImportOrigin.Scale?) {
    var (means, seen) = (Seen(), [String: Seen]())
    func see(_ node: TreeDraft.Node) {
      means.add(node.mean)
      means.add(node.reward)
      for (critic, score, _) in node.scores { seen[critic, default: Seen()].add(score) }
    }
    draft.nodes.forEach(see)
    see(draft.root)
    // A critic may be called as the means are.
    seen[Self.mean, default: Seen()].add(means)
    for (name, range) in seen where range.low <= range.high {
      if let fixed = given ?? draft.scales[name] {
        scales[name] = fixed
      } else if range.low < 0 || range.high > 1 {
        scales[name] = Self.guess(range.low, range.high)
      }
    }
    scales = scales.filter { $0.value != ImportOrigin.Scale(low: 0, high: 1) }
  }

  /// The least and the greatest of numbers that are finite.
  private struct Seen {
    var (low, high) = (Double.infinity, -Double.infinity)

    mutating func add(_ value: Double?) {
      guard let value, value.isFinite else { return }
      (low, high) = (min(low, value), max(high, value))
    }

    mutating func add(_ other: Seen) { (low, high) = (min(low, other.low), max(high, other.high)) }
  }

  /// A range that people use, where the values fit one; else that of the values.
  private static func guess(_ low: Double, _ high: Double) -> ImportOrigin.Scale {
    if low >= -1, high <= 1 { return .init(low: -1, high: 1) }
    if low >= 0, high <= 10, high > 5 { return .init(low: 0, high: 10) }
    if low >= 0, high <= 100, high > 20 { return .init(low: 0, high: 100) }
    if low >= -100, high <= 100, low < -10 { return .init(low: -100, high: 100) }
    return .init(low: min(0, low), high: high > low ? max(high, 0) : max(low, 0) + (low == 0 ? 1 : 0))
  }

  /// What `value` of `name` becomes; nil where it is not finite or lies outside.
  func mapped(_ value: Double?, _ name: String) -> Double? {
    guard let value, value.isFinite else { return nil }
    guard let scale = scales[name] else { return 0...1 ~= value ? value : nil }
    let share = (value - scale.low) / (scale.high - scale.low)
    return share.isFinite && 0...1 ~= share ? share : nil
  }
}
