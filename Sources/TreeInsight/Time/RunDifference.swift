import TreeSearch

/// Where two runs part, and what became of it.
public struct RunDifference: Codable, Equatable, Sendable {
  /// Parameters, seed, models and critics that are not the same, by name.
  public let settings: [Difference<String, String>]
  /// The first event that differs, by its number, in words; nothing where a journal ends there. Nil for equal journals.
  /// What an answer cost makes no difference: a prefix that a cache held in one run may have been read in the other.
  public let parting: Difference<Int, String>?
  /// Nodes that only one tree has, or whose statistics differ, by the texts of the options from the root.
  public let nodes: [Difference<[String], NodeTotals>]
  /// Final answers that are not the same, by selection.
  public let finals: [Difference<String, String>]

  /// True where nothing differs.
  public var isEmpty: Bool { settings.isEmpty && parting == nil && nodes.isEmpty && finals.isEmpty }

  /// Compares two runs that are known from their beginning. Complexity: O(events + nodes × depth).
  public init(_ a: Timeline, _ b: Timeline) {
    settings = Self.settings(a.latest, b.latest)
    parting = Self.parting(a, b)
    nodes = a.latest.differences(to: b.latest)
    let (finalsA, finalsB) = (a.latest.finalAnswers(), b.latest.finalAnswers())
    finals = FinalSelection.allCases.compactMap { selection in
      Self.difference(selection.rawValue, finalsA[selection]?.answer, finalsB[selection]?.answer)
    }
  }

  private static func parting(_ a: Timeline, _ b: Timeline) -> Difference<Int, String>? {
    let common = zip(a.events, b.events).prefix { $0.isSame(as: $1) }.count
    func sentence(_ timeline: Timeline) -> String? {
      timeline.event(before: common + 1).map { $0.sentence(in: timeline.tree(at: common + 1)) }
    }
    return common == a.count && common == b.count ? nil : Difference(common, sentence(a), sentence(b))
  }

  private static func settings(_ treeA: SearchTree, _ treeB: SearchTree) -> [Difference<String, String>] {
    let (a, b) = (treeA.header, treeB.header)
    let (inForceA, inForceB) = (treeA.parameters, treeB.parameters)
    let parameters = Set(inForceA.changes.keys).union(inForceB.changes.keys).sorted()
    let models = Set(a.models.keys).union(b.models.keys).sorted()
    let critics = Set((a.critics + b.critics).map(\.name)).sorted()
    func weight(_ name: String, _ header: RunHeader) -> String? {
      header.critics.first { $0.name == name }.map { ParameterValue.number($0.weight).description }
    }
    var found = [difference("problem", a.problem.id, b.problem.id), difference("seed", "\(a.seed)", "\(b.seed)")]
    found += parameters.map { difference($0, inForceA.value($0)?.description, inForceB.value($0)?.description) }
    found += models.map { difference("model of \($0)", a.models[$0], b.models[$0]) }
    found += critics.map { difference("weight of \($0)", weight($0, a), weight($0, b)) }
    return found.compactMap { $0 }
  }

  private static func difference(_ name: String, _ a: String?, _ b: String?) -> Difference<String, String>? {
    a == b ? nil : Difference(name, a, b)
  }
}

extension SearchEvent {
  /// True where both say the same, the tokens that an answer cost aside.
  fileprivate func isSame(as other: SearchEvent) -> Bool {
    guard case .answered(let id, let answer) = self, case .answered(let theirID, let theirs) = other else {
      return self == other
    }
    return id == theirID && answer.content == theirs.content
  }
}

/// Something that is not the same in two runs.
public struct Difference<Place: Codable & Equatable & Sendable, Value: Codable & Equatable & Sendable>:
  Codable, Equatable, Sendable
{
  /// Where they differ: a name, a number, a path.
  public let at: Place
  /// What the first run has there; nil where it has nothing.
  public let a: Value?
  /// What the second run has there; nil where it has nothing.
  public let b: Value?

  init(_ at: Place, _ a: Value?, _ b: Value?) {
    self.at = at
    self.a = a
    self.b = b
  }

  private enum CodingKeys: String, CodingKey { case at, a, b }

  /// Writes `at`, `a` and `b`, null where a run has nothing.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(at, forKey: .at)
    try c.encode(a, forKey: .a)
    try c.encode(b, forKey: .b)
  }
}
