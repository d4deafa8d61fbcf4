import TreeInsight
import TreeSearch

/// A run that another can be compared with.
public struct RunChoice: Hashable, Sendable, Identifiable {
  /// Its name in the workspace.
  public let id: String
  /// How far it is, in words.
  public let words: String

  /// The run called `id`, described by `words`.
  public init(id: String, words: String) {
    self.id = id
    self.words = words
  }
}

extension Comparison {
  /// Nodes listed; the command line lists all.
  private static let mostNodes = 200

  /// Where two runs part, and what became of it; `tree` is that of `a`, which knows what is right.
  init(_ difference: RunDifference, a: String, b: String, in tree: SearchTree? = nil) {
    var rows: [Row] = []
    if difference.isEmpty { rows.append(.words("the runs are the same, event by event")) }
    if !difference.settings.isEmpty { rows.append(.words("settings that differ")) }
    rows += difference.settings.map { .pair($0.at, a: $0.a, b: $0.b) }
    if let parting = difference.parting {
      let same =
        parting.at == 0 ? "the first event differs" : "the first \(Number.things(parting.at, "event")) are the same"
      rows.append(.words(same))
      let ends = "the journal ends"
      rows.append(.pair("event \(parting.at + 1)", a: parting.a ?? ends, b: parting.b ?? ends))
    }
    func stated(_ answer: String?) -> StatedAnswer? { answer.map { StatedAnswer($0, isRight: tree?.isCorrect($0)) } }
    if !difference.finals.isEmpty { rows.append(.words("final answers that differ")) }
    rows += difference.finals.map { .answer($0.at, a: stated($0.a), b: stated($0.b)) }
    if !difference.nodes.isEmpty {
      rows.append(.words("\(Number.things(difference.nodes.count, "node")) differ, parents before children"))
    }
    for node in difference.nodes.prefix(Self.mostNodes) { rows += Self.rows(node) }
    let left = difference.nodes.count - Self.mostNodes
    if left > 0 { rows.append(.words("and \(Number.count(left)) more: etascope run diff \(a) \(b) --json")) }
    self.init(
      title: "Compare runs", a: a, b: b, rows: rows, verdict: tree.flatMap { Self.verdict(difference, a, b, $0) })
  }

  /// What each run has of a node that is not the same in both.
  private static func rows(_ node: Difference<[String], NodeTotals>) -> [Row] {
    var rows: [Row] = []
    if let option = node.at.last {
      rows.append(.words(String(repeating: "  ", count: min(node.at.count - 1, 10)) + option))
    }
    let quantities = [
      Quantity("N", a: node.a.map { Double($0.visits) }, b: node.b.map { Double($0.visits) }, .count),
      Quantity("Q", a: node.a?.q, b: node.b?.q, .score(3)),
      Quantity("nodes", a: node.a.map { Double($0.nodes) }, b: node.b.map { Double($0.nodes) }, .count),
    ]
    rows.append(
      .numbers(
        node.at.isEmpty ? "whole tree" : "depth \(node.at.count)", a: node.a.map { "node \($0.id)" } ?? "",
        b: node.b.map { "node \($0.id)" } ?? "", quantities))
    return rows
  }

  /// Which run is better: by the answer that the first one's own selection chooses in each, then by the mean value of the whole.
  private static func verdict(_ difference: RunDifference, _ a: String, _ b: String, _ tree: SearchTree) -> String? {
    if difference.isEmpty { return nil }
    let selection = tree.finalSelection
    let final = difference.finals.first { $0.at == selection.rawValue }
    let whole = difference.nodes.first { $0.at.isEmpty }
    func side(_ name: String, _ answer: String?, _ totals: NodeTotals?) -> Side {
      Side(name: name, answer: StatedAnswer(answer, in: tree), q: totals?.q, visits: totals?.visits)
    }
    // Answers that do not differ are not in the difference; they are no verdict either.
    let words = verdict(side(a, final?.a, whole?.a), side(b, final?.b, whole?.b))
    let same = final == nil ? "the same answer by \(selection.rawValue)" : nil
    return [same, words].compactMap { $0 }.joined(separator: "; ")
  }
}
