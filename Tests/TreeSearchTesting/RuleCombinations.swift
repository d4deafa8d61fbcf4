import TreeSearch

/// Every combination of rules, by number.
public enum RuleCombinations {
  /// The rules that combine, with their words as declared.
  private static let axes: [(id: String, words: [String])] = [
    words("search.traversal"), words("selection.rule"), words("selection.firstPlay"), words("width.rule"),
    words("merge.rule"), words("merge.predicate"), words("backup.rule"), ("rollout.insert", ["false", "true"]),
    ("search.toTerminal", ["false", "true"]), ("search.workers", ["1", "3"]),
  ]

  /// How many there are: the product of the axes.
  public static let count = axes.reduce(1) { $0 * $1.words.count }

  /// Combination `number`: the number's digits in the mixed base of the axes.
  public static func settings(_ number: Int) -> [String: String] {
    var rest = number
    return axes.reduce(into: [:]) { settings, axis in
      settings[axis.id] = axis.words[rest % axis.words.count]
      rest /= axis.words.count
    }
  }

  private static func words(_ id: String) -> (String, [String]) {
    guard case .word(let words)? = SearchParameters.declared.first(where: { $0.id == id })?.domain else {
      return (id, [])
    }
    return (id, words)
  }
}
