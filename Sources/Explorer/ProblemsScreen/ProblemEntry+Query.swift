import TreeInsight

/// What a filter of the list of problems asks.
typealias ProblemQuery = RowQuery<ProblemEntry>

extension ProblemEntry: QueriedRow {
  static let numbers = ["agree", "sims", "tokens", "worth"]
  static let texts = ["id", "answer", "reference", "tier", "split", "by", "verdict"]

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
