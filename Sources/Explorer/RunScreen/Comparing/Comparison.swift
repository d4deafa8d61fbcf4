import TreeSearch

/// Two nodes, trajectories, runs or worlds side by side.
public struct Comparison: Hashable, Sendable {
  /// A row.
  enum Row: Hashable, Sendable {
    /// A line across both columns.
    case words(String)
    /// What each has of something; nil where it has nothing.
    case pair(String, a: String?, b: String?)
    /// Numbers of each with their differences, behind a name of each; a side without any number has nothing.
    case numbers(String, a: String, b: String, [Quantity])
    /// What each answers; nil where it states nothing.
    case answer(String, a: StatedAnswer?, b: StatedAnswer?)

    /// One number of each.
    static func number(_ label: String, a: Double?, b: Double?, _ figure: Figure) -> Row {
      .numbers(label, a: "", b: "", [Quantity("", a: a, b: b, figure)])
    }
  }

  /// A number of each of the two; nil where it has none.
  struct Quantity: Hashable, Sendable {
    /// What stands before it.
    let name: String
    let a, b: Double?
    let figure: Figure

    init(_ name: String, a: Double?, b: Double?, _ figure: Figure) {
      (self.name, self.a, self.b, self.figure) = (name, a, b, figure)
    }

    /// By how much the second is more than the first; nil where one is missing, or both read the same.
    var difference: String? {
      guard let a, let b else { return nil }
      return figure.difference(a, b)
    }
  }

  /// An answer, and whether it is right; nil where nobody knows.
  struct StatedAnswer: Hashable, Sendable {
    let text: String
    let isRight: Bool?

    init(_ text: String, isRight: Bool?) { (self.text, self.isRight) = (text, isRight) }

    /// What is stated in `tree`; nil where nothing is.
    init?(_ text: String?, in tree: SearchTree) {
      guard let text else { return nil }
      self.init(text, isRight: tree.isCorrect(text))
    }

    /// The answer with its verdict, in words.
    var words: String { text + (isRight.map { $0 ? ", right" : ", wrong" } ?? "") }
  }

  /// How a number is shown, and whether more of it is better.
  enum Figure: Hashable, Sendable {
    /// The greater, the better; so many decimals.
    case score(Int)
    /// Neither better nor worse; so many decimals.
    case measure(Int)
    /// A whole number, neither better nor worse.
    case count

    /// The number as it is shown.
    func text(_ value: Double) -> String {
      switch self {
      case .score(let decimals), .measure(let decimals): Number.fixed(value, decimals: decimals)
      case .count: Number.count(Int(value))
      }
    }

    /// By how much `b` is more than `a`, with its sign; nil where both read the same.
    func difference(_ a: Double, _ b: Double) -> String? {
      guard text(a) != text(b) else { return nil }
      return (b > a ? "+" : "") + text(b - a)
    }
  }

  /// What is compared.
  let title: String
  /// What stands above each column.
  let a, b: String
  /// The rows, sanitised when they are drawn.
  let rows: [Row]
  /// Which is better, and by what; nil where that cannot be said.
  let verdict: String?

  init(title: String, a: String, b: String, rows: [Row], verdict: String? = nil) {
    self.title = title
    self.a = a
    self.b = b
    self.rows = rows
    self.verdict = verdict
  }

  /// The rows in words, for the line mode.
  var sentences: [String] {
    ["\(title): \(a), \(b)."] + (verdict.map { ["\($0)."] } ?? [])
      + rows.map { row in
        switch row {
        case .words(let words): return "\(words)."
        case .pair(let label, let a, let b): return Self.sentence(label, a, b)
        case .numbers(let label, let a, let b, let quantities):
          return Self.sentence(
            label, Self.words(a, quantities) { $0.a }, Self.words(b, quantities, withDifferences: true) { $0.b })
        case .answer(let label, let a, let b): return Self.sentence(label, a?.words, b?.words)
        }
      }
  }

  private static func words(
    _ name: String, _ quantities: [Quantity], withDifferences: Bool = false, _ value: (Quantity) -> Double?
  ) -> String? {
    let numbers = quantities.compactMap { quantity in
      value(quantity).map { number in
        let difference = withDifferences ? quantity.difference.map { " (\($0))" } ?? "" : ""
        return (quantity.name.isEmpty ? "" : "\(quantity.name) ") + quantity.figure.text(number) + difference
      }
    }
    return numbers.isEmpty ? nil : ([name] + numbers).filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private static func sentence(_ label: String, _ a: String?, _ b: String?) -> String {
    a == b ? "\(label): \(a ?? "none")." : "\(label): \(a ?? "none"), and \(b ?? "none")."
  }
}

extension Comparison {
  /// One of the two, as a verdict speaks of it.
  struct Side {
    let name: String
    let answer: StatedAnswer?
    let q: Double?
    let visits: Int?
  }

  /// Which of two is better, and by what: what is right before what is wrong, then mean value; nil where nothing tells them apart.
  static func verdict(_ a: Side, _ b: Side) -> String? {
    var words: [String] = []
    switch (a.answer?.isRight, b.answer?.isRight) {
    case (true?, false?): words.append("\(a.name) is right, \(b.name) wrong")
    case (false?, true?): words.append("\(b.name) is right, \(a.name) wrong")
    case (true?, true?): words.append("both are right")
    case (false?, false?): words.append("both are wrong")
    default: break
    }
    if let first = a.q, let second = b.q {
      if let difference = Figure.score(3).difference(min(first, second), max(first, second)) {
        let (best, other) = first > second ? (a, b) : (b, a)
        var ahead = "\(best.name) is ahead by Q \(difference)"
        if let more = best.visits, let less = other.visits, more != less {
          let count = Number.things(abs(more - less), "visit")
          ahead += " with \(count) \(more > less ? "more" : "fewer")"
        }
        words.append(ahead)
      } else {
        words.append("equal in Q")
      }
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}
