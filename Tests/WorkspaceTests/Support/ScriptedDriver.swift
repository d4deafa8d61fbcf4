import Foundation
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Workspace

typealias ScriptedDriver = TreeSearchTesting.ScriptedDriver

/// The problem is 2 + 3, the root may have two children and inner nodes one, so three simulations make this tree:
///
///     0 ─┬─ 1 "2 + 3 = 5\n"  value .8, prm .9  (reward .85) ── 3 "#### 5\n"  value .9, prm .7  (reward .8), an answer
///        └─ 2 "2 + 3 = 6\n"  value .2, prm .1  (reward .15)
///
/// Backups: .85, .15, .8. N: root 3, node 1 2, nodes 2 and 3 1 each. Q: root .6, node 1 .825, node 2 .15, node 3 .8.
extension ScriptedDriver {
  static let sum = Problem(id: "sum-1", question: "What is 2 + 3?", answer: "5", source: "by hand", split: "train")

  static func header(_ problem: Problem = sum, seed: UInt64 = 7) throws -> RunHeader {
    try TreeSearchTesting.header(
      [
        "width.root.minimum": "2", "width.root.maximum": "2", "width.minimum": "1", "width.maximum": "1",
        "rollout.count": "0",
      ], problem: problem, seed: seed, critics: [.value, .prm], models: ["policy": "tiny 1234"], version: "0.1.0")
  }

  /// The driver that makes the tree above, unless told other scores.
  init(
    scores: [[String: Double?]] = [
      ["value": 0.5], ["value": 0.8, "prm": 0.9], ["value": 0.2, "prm": 0.1], ["value": 0.9, "prm": 0.7],
    ]
  ) {
    self.init(options: ["2 + 3 = 5\n", "2 + 3 = 6\n", "#### 5\n"].map { Array($0.utf8) }, scores: scores)
  }

  /// A finished run of three simulations in `workspace`.
  static func run(
    in workspace: Workspace, _ problem: Problem = sum, simulations: Int = 3, options: [[UInt8]]? = nil,
    thinking: [String?] = []
  ) throws -> (id: String, tree: SearchTree) {
    var driver = ScriptedDriver()
    if let options { driver.options = options }
    driver.thinking = thinking
    let record = try workspace.createRun(try header(problem))
    var search = Search(header: record.header)
    let events = driver.run(&search, simulations: simulations)
    try workspace.writer(of: record.id).append(events, first: 0, totals: RunTotals(tree: search.tree))
    return (record.id, search.tree)
  }
}

extension Workspace {
  /// A workspace whose clock stands at 2026-01-02 03:04:05.678 UTC.
  static func forTests(_ path: String, readOnly: Bool = false) throws -> Workspace {
    try Workspace(
      path: path, readOnly: readOnly, author: "ada", now: { Date(timeIntervalSince1970: 1_767_323_045.678) })
  }
}
