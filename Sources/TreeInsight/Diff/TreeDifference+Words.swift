import Vocabulary

extension TreeDifference {
  /// What changed, for people, a line each; texts are as models wrote them. Of forks and shifts the first `most`.
  public func lines(most: Int = 20) -> [String] {
    var lines = [
      "answer: \(a.answerWords) | \(b.answerWords)\(turn == .same ? "" : ": \(turn.rawValue)")",
      "simulations: \(a.simulations) | \(b.simulations)", "nodes: \(a.nodes) | \(b.nodes)",
      "depth: \(a.depth) | \(b.depth)",
      "width: \(FixedNumber.text(a.width, decimals: 2, none: "none")) | \(FixedNumber.text(b.width, decimals: 2, none: "none"))",
      "draws: \(a.draws) | \(b.draws)", "tokens: \(a.tokens.generated) | \(b.tokens.generated)",
    ]
    let ways = StepLikeness.allCases.compactMap { way in aligned[way.rawValue].map { "\($0) by \(way.rawValue)" } }
    lines.append(
      "in both: \(Words.things(aligned.values.reduce(0, +), "node"))"
        + (ways.isEmpty ? "" : " (\(ways.joined(separator: ", ")))") + "; only a: \(onlyA), only b: \(onlyB)")
    lines += divergenceLines
    if !forks.isEmpty { lines.append("\(Words.things(forks.count, "fork")) turned:") }
    lines += forks.prefix(most).map { fork in
      "  \(fork.turn.rawValue) at \(Self.place(fork.depth, fork.text)): best answer below "
        + "\(fork.answerA ?? "none") | \(fork.answerB ?? "none")"
    }
    if forks.count > most { lines.append("  and \(forks.count - most) more") }
    if !shifts.isEmpty { lines.append("\(Words.things(shifts.count, "node")) moved, the most first:") }
    lines += shifts.prefix(most).map { shift in
      "  \(Self.place(shift.depth, shift.text)): Q \(Self.change(shift.q)), V \(Self.change(shift.v))"
        + (shift.prior == nil ? "" : ", prior \(Self.change(shift.prior)) nats a token")
    }
    if shifts.count > most { lines.append("  and \(shifts.count - most) more") }
    return lines
  }

  /// Where the chosen trajectories part, in words.
  private var divergenceLines: [String] {
    guard let divergence else { return ["the chosen trajectories are one"] }
    func goesOn(_ name: String, _ step: Step?, _ other: String) -> String {
      guard let step else { return "  \(name) ends there" }
      guard let node = step.node else {
        return "  \(name) goes on in a rollout: \(Words.quoted(Array(step.text.utf8)))"
      }
      let there = step.other.map { "node \($0) in \(other), Q \(Words.number(step.otherQ))" }
      return "  \(name) goes on: \(Words.quoted(Array(step.text.utf8))) (node \(node), Q \(Words.number(step.q)); "
        + "\(there ?? "\(other) never drew it"))"
    }
    let shared = divergence.depth == 0 ? "no step" : Words.things(divergence.depth, "step")
    return [
      "the chosen trajectories share \(shared) and part; the last node in both is \(divergence.a) | \(divergence.b):",
      goesOn("a", divergence.stepA, "b"), goesOn("b", divergence.stepB, "a"),
    ]
  }

  private static func place(_ depth: Int, _ text: String) -> String {
    depth == 0 ? "the root" : "depth \(depth) \(Words.quoted(Array(text.utf8)))"
  }

  /// A change with its sign.
  private static func change(_ value: Double?) -> String {
    guard let value else { return "none" }
    let text = Words.number(value)
    return text.hasPrefix("-") ? text : "+" + text
  }
}

extension TreeFigures {
  /// The answer, and whether it is right.
  var answerWords: String { (answer ?? "none") + (isRight.map { $0 ? " (right)" : " (wrong)" } ?? "") }
}

extension DifferenceMeasures {
  /// The measures as rows of a table: name, value, and that of the noise floor where it is known.
  public static func rows(_ measures: DifferenceMeasures?, beside noise: DifferenceMeasures?) -> [[String]] {
    let columns: [(String, (DifferenceMeasures) -> Double?)] = [
      ("share of nodes in both", \.overlap), ("mean |ΔQ|", \.q), ("mean |ΔV|", \.v),
      ("mean Δ prior, nats a token", \.prior), ("forks turned a problem", \.forks),
    ]
    return columns.map { name, value in
      [name, Words.number(measures.flatMap(value)), noise.map { Words.number(value($0)) } ?? "not known"]
    }
  }
}

extension QueueSummary {
  /// The 2 × 2, its test and the problems that turned, as rows of a table.
  public var rows: [[String]] {
    var rows = table.rows + [["exact McNemar p", FixedNumber.text(table.p, decimals: 4, none: "none")]]
    if unjudged > 0 { rows.append(["without a reference answer", "\(unjudged)"]) }
    return rows
      + problems.filter { $0.turn != .same }.map { problem in
        [problem.turn.rawValue, problem.problem, "\(problem.a.answer ?? "none") | \(problem.b.answer ?? "none")"]
      }
  }
}
