/// State merge: what happens to a draw that is like a sibling (AlphaLLM, section 4.3.2).
public enum MergeRule: String, Sendable, CaseIterable {
  /// It is drawn again, some times; if no draw differs, the least similar one joins (AlphaLLM's code).
  case resample
  /// It joins the sibling's group: the group's reward is backed up once more (AlphaLLM's paper).
  case merge
  /// It is added all the same.
  case off
}

/// When two options count as alike: p_vM of AlphaLLM, section 4.3.2.
package enum SimilarityPredicate: Sendable, Equatable {
  /// Their edit distance is below a minimum.
  case edit(minimum: Int)
  /// They share at least this share of their words.
  case tokens(share: Double)
  /// They state the same equations, at least one.
  case equations
  /// The same, whatever the order of what is added or multiplied: `15 + 6 = 21` and `6 + 15 = 21`.
  case commuted
  /// A model believes at least this much that they say the same.
  case model(share: Double)

  static let names = ["edit", "tokens", "equations", "commuted", "model"]

  /// The predicate that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    let share = parameters[SearchParameters.similarityShare]
    self =
      switch parameters[SearchParameters.similarityPredicate] {
      case "tokens": .tokens(share: share)
      case "equations": .equations
      case "commuted": .commuted
      case "model": .model(share: share)
      default: .edit(minimum: parameters[SearchParameters.minimumDistance])
      }
  }

  /// True where the predicate alone can never find two options alike.
  var isOff: Bool { self == .edit(minimum: 0) }

  /// The sibling that `option` is like, the nearest by edit distance, and that distance; nil where it is like none.
  ///
  /// - Parameter beliefs: the model's answer, one number a sibling; needed by ``model(share:)`` only.
  /// Complexity: O(siblings × bytes²).
  func match(_ option: [UInt8], among siblings: [[UInt8]], beliefs: [Double] = []) -> (index: Int, distance: Int)? {
    var best: (index: Int, distance: Int)?
    for (index, sibling) in siblings.enumerated() {
      let distance = EditDistance.between(option, sibling)
      guard isAlike(option, sibling, distance, belief: beliefs.indices.contains(index) ? beliefs[index] : 0) else {
        continue
      }
      if distance < best?.distance ?? .max { best = (index, distance) }
    }
    return best
  }

  private func isAlike(_ a: [UInt8], _ b: [UInt8], _ distance: Int, belief: Double) -> Bool {
    switch self {
    case .edit(let minimum): distance < minimum
    // The same text is alike under every predicate.
    case .tokens(let share): distance == 0 || WordOverlap.between(a, b) >= share
    case .equations: distance == 0 || EquationSet.areSame(a, b)
    case .commuted: distance == 0 || EquationSet.areSame(a, b, commuted: true)
    case .model(let share): distance == 0 || belief >= share
    }
  }
}

extension SearchParameters {
  /// `merge.rule`.
  public static let mergeRule = ParameterKey<MergeRule>(
    "merge.rule", default: .resample,
    help:
      "What happens to a draw that is like a sibling: drawn again, merged into the sibling's group, or added all the same.",
    citation: "AlphaLLM, section 4.3.2 (merge) and its code (resample)")
  /// `merge.predicate`.
  public static let similarityPredicate = ParameterKey<String>(
    "merge.predicate", words: SimilarityPredicate.names, default: "edit",
    help:
      "When two options are alike: edit distance, shared words, the same set of equations (commuted: whatever the order of what is "
      + "added or multiplied), or the model's own judgement.",
    citation: "AlphaLLM, section 4.3.2")
  /// `merge.distance`.
  public static let minimumDistance = ParameterKey<Int>(
    "merge.distance", 0...1000, default: 1,
    help:
      "Least edit distance of a new option to each sibling; 1 asks for different text, 0 switches the predicate edit off.",
    citation: "AlphaLLM, section 4.3.2; its run script uses 20 for long lines")
  /// `merge.share`.
  public static let similarityShare = ParameterKey<Double>(
    "merge.share", 0.01...1, default: 0.9,
    help: "Share of common words (tokens) or of the model's belief (model) from which two options count as alike.",
    citation: "AlphaLLM, table 4")
  /// `merge.draws`.
  public static let maximumDraws = ParameterKey<Int>(
    "merge.draws", 1...100, default: 5,
    help: "Draws tried for one child before its node is widened no more.", citation: "AlphaLLM's run script")
}
