/// When two options count as alike: p_vM of AlphaLLM, section 4.3.2.
public enum SimilarityPredicate: Sendable, Equatable {
  /// Their edit distance is below a minimum.
  case edit(minimum: Int)
  /// They share at least this share of their words.
  case tokens(share: Double)
  /// They state the same equations, at least one.
  case equations
  /// A model believes at least this much that they say the same.
  case model(share: Double)

  static let names = ["edit", "tokens", "equations", "model"]

  /// The predicate that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    let share = parameters.number(SearchParameters.similarityShare)
    self =
      switch parameters.word(SearchParameters.similarityPredicate) {
      case "tokens": .tokens(share: share)
      case "equations": .equations
      case "model": .model(share: share)
      default: .edit(minimum: parameters.integer(SearchParameters.minimumDistance))
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
    case .model(let share): distance == 0 || belief >= share
    }
  }
}
