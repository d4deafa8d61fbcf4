/// By what runs of a workspace are selected, as in `model=careless,seed=2`.
public enum RunSelectorKey: String, CaseIterable, Sendable {
  /// The policy's name holds it.
  case model
  /// The seed.
  case seed
  /// A round's id.
  case round

  /// What it means, in a few words.
  var help: String {
    switch self {
    case .model: "runs of a policy whose name holds it"
    case .seed: "runs of that seed"
    case .round: "runs of that round"
    }
  }
}

extension FilterCompletion {
  /// Continuations of selectors of runs at `cursor`, a character offset: what they select by; of the values only the person knows.
  ///
  /// Complexity: O(length).
  public static func selectors(_ text: String, cursor: Int) -> FilterCompletion {
    let before = Array(text.prefix(max(0, cursor)))
    let start = (before.lastIndex { $0 == " " || $0 == "," } ?? -1) + 1
    let typed = String(before[start...]).lowercased()
    let items = RunSelectorKey.allCases.map { Item(text: "\($0.rawValue)=", help: $0.help) }
    return FilterCompletion(
      range: start..<before.count, items: items.filter { $0.text.hasPrefix(typed) && $0.text != typed })
  }
}
