import Testing
import TreeSearchTesting

@testable import TreeSearch

/// The hot path of selection beside the general one.
struct PlainDescentTests {
  /// The hot path of selection and the general one find the same step, from any state of a tree with closed branches.
  @Test func thePlainDescentIsTheGeneralOne() throws {
    let rules = [
      "search.traversal": "tree", "selection.rule": "uct", "width.rule": "importance", "search.workers": "1",
      "search.toTerminal": "false", "merge.rule": "resample",
    ]
    var compared = 0
    for seed in 0..<40 {
      var session = try RandomSession(seed: UInt64(seed), rules: rules)
      for _ in 0..<150 {
        _ = session.step()
        guard let plain = session.driver.search.plainStep() else { continue }
        #expect(plain.event() == session.driver.search.descend()?.event(), "seed \(seed)")
        compared += 1
      }
    }
    #expect(compared > 1000)
  }
}
