import Testing
import TreeSearchTesting

@testable import TreeSearch

/// Every invariant after every act of thousands of random sessions. A failure names the seed that repeats it.
struct RandomScheduleTests {
  @Test(arguments: 0..<20)
  func invariantsHoldWhateverHappens(_ block: Int) throws {
    for seed in UInt64(block * 100)..<UInt64(block * 100 + 100) {
      var session = try RandomSession(seed: seed)
      var done: [String] = []
      for _ in 0..<60 {
        done.append(session.step())
        let broken = Invariants.check(session.tree)
        try #require(broken.isEmpty, "seed \(seed), after \(done.suffix(12)): \(broken)")
      }
      let isDone = session.finish()
      try #require(isDone, "seed \(seed) does not come to an end")
      let broken = Invariants.check(session.tree)
      try #require(broken.isEmpty, "seed \(seed), at the end: \(broken)")
      let replayed = try SearchTree(header: session.tree.header, events: session.driver.journal)
      try #require(replayed.differences(from: session.tree).isEmpty, "seed \(seed): the journal makes another tree")
    }
  }

  @Test(arguments: 0..<5)
  func withoutAPersonTheWidthIsKept(_ block: Int) throws {
    for seed in UInt64(block * 100)..<UInt64(block * 100 + 100) {
      var session = try RandomSession(seed: seed, interventions: false)
      for _ in 0..<80 {
        _ = session.step()
        let broken = Invariants.check(session.tree)
        try #require(broken.isEmpty, "seed \(seed): \(broken)")
      }
      #expect(session.tree.interventions.isEmpty)
    }
  }

  @Test func theSessionsReachEveryCorner() throws {
    // A schedule that never rejects, freezes, fails or prunes would prove nothing.
    var kinds: Set<String> = []
    var marks: Node.Marks = []
    for seed in 0..<200 as Range<UInt64> {
      var session = try RandomSession(seed: seed)
      for _ in 0..<60 { _ = session.step() }
      for event in session.driver.journal { kinds.insert(String("\(event)".prefix { $0 != "(" })) }
      for node in session.tree.nodes { marks.formUnion(node.marks) }
    }
    #expect(
      kinds == [
        "selected", "asked", "answered", "failed", "ignored", "added", "rejected", "merged", "grafted", "followed",
        "inserted", "widthFrozen", "evaluated", "picked",
        "backedUp", "intervened", "undone", "redone", "stopped",
      ])
    #expect(marks.rawValue == 2047)
  }
}
