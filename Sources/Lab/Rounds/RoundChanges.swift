import TreeInsight
import Vocabulary
import Workspace

/// What changed between two policies on the held-out problems: problem by problem, what turned right and what turned wrong.
package struct RoundChanges: Codable, Sendable, Equatable {
  /// One problem that changed.
  package struct Change: Codable, Sendable, Equatable {
    /// Its id.
    package var problem: String
    /// The answers before and after.
    package var before, after: String?
  }

  /// The policies that are compared.
  package var a, b: String
  /// Problems right in both, in neither.
  package var bothRight = 0, bothWrong = 0
  /// Problems that were right and turned wrong: what a person looks at first.
  package var regressions: [Change] = []
  /// Problems that were wrong and turned right.
  package var repairs: [Change] = []

  /// The same in numbers.
  package var table: TurnTable {
    TurnTable(bothRight: bothRight, bothWrong: bothWrong, broken: regressions.count, repaired: repairs.count)
  }

  init(_ a: [RoundTrial], named aName: String, _ b: [RoundTrial], named bName: String) {
    (self.a, self.b) = (aName, bName)
    let others = Dictionary(b.map { ($0.problem, $0) }) { first, _ in first }
    for old in a {
      guard let new = others[old.problem] else { continue }
      let change = Change(problem: old.problem, before: old.greedy, after: new.greedy)
      switch (old.isRight, new.isRight) {
      case (true, true): bothRight += 1
      case (false, false): bothWrong += 1
      case (true, false): regressions.append(change)
      case (false, true): repairs.append(change)
      }
    }
  }

  /// What people read.
  package var lines: [String] {
    ["a: \(a)", "b: \(b)"] + table.rows.map { $0.joined(separator: "\t") } + [table.test]
      + regressions.map { "turned wrong\t\($0.problem)\t\($0.before ?? "none") → \($0.after ?? "none")" }
      + repairs.map { "turned right\t\($0.problem)\t\($0.before ?? "none") → \($0.after ?? "none")" }
  }
}

extension Workspace {
  /// What changed on the held-out problems between the policies that two rounds left behind; the policy that a round began with where
  /// both are the same round.
  ///
  /// - Throws: `LabError` where a round was not evaluated; `WorkspaceError`.
  package func changes(_ a: RoundRecord, _ b: RoundRecord) throws -> RoundChanges {
    func trials(_ round: RoundRecord, _ arm: String) throws -> [RoundTrial] {
      let all: [RoundTrial] = try RoundItems.read(
        items(of: round, stage: RoundStageName.evaluate.rawValue), of: round, RoundStageName.evaluate.rawValue)
      let found = all.filter { $0.arm == arm }
      guard !found.isEmpty else { throw LabError.failed("round \(round.id): its policy was not evaluated yet") }
      return found
    }
    if a.id == b.id {
      return RoundChanges(
        try trials(a, "before"), named: "before \(a.id)", try trials(a, "after"), named: "after \(a.id)")
    }
    return RoundChanges(try trials(a, "after"), named: "after \(a.id)", try trials(b, "after"), named: "after \(b.id)")
  }
}
