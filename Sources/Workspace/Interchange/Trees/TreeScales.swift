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
    var seen: [String: (low: Double, high: Double)] = [:]
    func see(_ name: String, _ value: Double?) {
      guard let value, value.isFinite else { return }
      let range = seen[name] ?? (value, value)
      seen[name] = (min(range.low, value), max(range.high, value))
    }
    func see(_ node: TreeDraft.Node) {
      see(Self.mean, node.mean)
      see(Self.mean, node.reward)
      for (critic, score, _) in node.scores { see(critic, score) }
    }
    draft.nodes.forEach(see)
    see(draft.root)
    for (name, range) in seen {
      if let fixed = given ?? draft.scales[name] {
        scales[name] = fixed
      } else if range.low < 0 || range.high > 1 {
        scales[name] = Self.guess(range.low, range.high)
      }
    }
    scales = scales.filter { $0.value != ImportOrigin.Scale(low: 0, high: 1) }
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
