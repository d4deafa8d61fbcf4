import TreeInsight

/// What a filter of the list of problems asks.
typealias ProblemQuery = RowQuery<ProblemEntry>

extension ProblemEntry: QueriedRow {
  static let fields = [
    RowField("agree", "how many final selections agree", isNumber: true),
    RowField("sims", "simulations", isNumber: true), RowField("tokens", "tokens generated", isNumber: true),
    RowField("worth", "what a look at it is worth", isNumber: true), RowField("id", "its name"),
    RowField("answer", "what its search answers"), RowField("reference", "the right answer"),
    RowField("tier", "how hard it is"), RowField("split", "train, dev or test"), RowField("by", "who decided"),
    RowField("verdict", "what was decided"),
  ]
  static let words = [
    RowWord("right", "its search answers rightly"), RowWord("wrong", "its search answers wrongly"),
    RowWord("missed", "the right answer was found and not chosen"), RowWord("committed", "somebody has decided"),
    RowWord("open", "somebody has it open"), RowWord("done", "searched to its limit"),
  ]

  func number(_ name: String) -> Double? {
    guard let result else { return nil }
    return switch name {
    case "agree": result.agreement.map(Double.init)
    case "sims": Double(result.simulations)
    case "tokens": Double(result.tokens)
    case "worth": result.worth?.total
    default: nil
    }
  }

  func text(_ name: String) -> String? {
    switch name {
    case "id": id
    case "answer": result?.answer
    case "reference": answer
    case "tier": tier
    case "split": split
    case "by": decision?.who
    case "verdict": decision.map { $0.verdict?.rawValue ?? "none" }
    default: nil
    }
  }
}
