import TreeSearch

/// A set of words that one kind of text may use.
enum FilterDialect: Hashable, Sendable {
  /// Conditions on nodes.
  case filter
  /// Conditions on nodes, and events.
  case breakpoint

  /// Every word with its meaning, in the order of completion: fields, states, events, connectives.
  var words: [(word: String, help: String)] {
    FilterField.names.map { ($0.name, $0.help) }
      + [
        (FilterField.criticPrefix, "the score of any critic by name"), ("answer", "the final answer stated"),
        ("critics differ", "greatest score of a learned critic less the least"),
      ]
      + FilterState.allCases.map { ($0.rawValue, $0.help) }
      + (self == .breakpoint ? FilterEvents.names.map { ($0.name, $0.help) } : [])
      + [
        ("not", "what follows must not hold"), ("or", "one of both must hold"),
        ("and", "both must hold, as without it"),
      ]
  }

  /// The word that `text` is probably meant to be: at most one letter of a short word is wrong, two of a longer one.
  /// One or two letters are meant as they stand, unless a comparison follows them (`field`).
  ///
  /// Complexity: O(words × length²), for words of a few letters.
  func nearest(to text: String, field: Bool = false) -> String? {
    let typed = Array(text.lowercased().utf8)
    guard typed.count <= 16 else { return nil }
    let scored = words.map { (word: $0.word, distance: EditDistance.between(typed, Array($0.word.utf8))) }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= (typed.count > 4 ? 2 : field || typed.count > 2 ? 1 : 0) ? best.word : nil
  }
}
