import Testing
import TreeSearchTesting

@testable import TreeInsight
@testable import TreeSearch

/// The five width rules, each with numbers worked out by hand.
struct WidthReasonTests {
  /// Root (v = 0.5 where the script says so) with children a and b.
  private func reason(_ changes: [String: String], _ simulations: Int = 2) throws -> WidthReason {
    let fixed = [
      "rollout.count": "0", "width.root.minimum": "2", "width.root.maximum": "3", "width.tolerance": "0.125",
      "width.fixed": "2", "merge.rule": "off",
    ]
    var driver = Driver(
      try header(fixed.merging(changes) { $1 }),
      answer: Script(
        draws: ["": ["a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.75, "b\n": 0.25 - 0.125]]
      ).answer)
    driver.run(to: simulations)
    return driver.search.widthReason(of: .root)
  }

  /// I = |0.125 − 0.5| = 0.375 by node 2; ⌊0.375/0.125⌋ + 1 = 4, of which c_max allows 3 (AlphaLLM, section 4.3.2).
  @Test func importance() throws {
    let reason = try reason([:])
    #expect(reason.rule == "importance" && reason.importance == 0.375 && reason.child == NodeID(2))
    #expect(reason.tolerance == 0.125 && reason.wanted == 4 && reason.allowed == 3 && reason.decidedBy == "c_max")
    #expect(reason.least == 2 && reason.most == 3 && reason.present == 2 && reason.isOpen && !reason.isFrozen)
    #expect(
      reason.sentence
        == "Node 0 may have 3 children, by c_max: importance 0.375 (|v(2) - v(0)|), floor(I / 0.125) + 1 = 4, "
        + "within 2 to 3. It has 2.")
    #expect(try self.reason([:], 0).child == nil)
  }

  /// Q 0.75 and 0.125, mean 0.4375: both deviate by 0.3125; ⌊2.5⌋ = 2.
  @Test func siblingMean() throws {
    let reason = try reason(["width.rule": "siblingMeanQ"])
    #expect(reason.importance == 0.3125 && reason.child == NodeID(1) && reason.wanted == 2)
    #expect(reason.decidedBy == "importance" && reason.allowed == 2 && !reason.isOpen)
  }

  @Test func fixed() throws {
    let reason = try reason(["width.rule": "fixed"])
    #expect(reason.rule == "fixed" && reason.decidedBy == "fixed" && reason.importance == nil && reason.allowed == 2)
    #expect(reason.sentence == "Node 0 may have 2 children, by fixed: 2 everywhere, within 2 to 2. It has 2.")
  }

  @Test func allAtOnce() throws {
    let reason = try reason(["width.rule": "allAtOnce"], 0)
    #expect(reason.allowed == 2 && reason.present == 0 && reason.isOpen)
    #expect(reason.formula == "all 2 at once")
    var driver = Driver(
      try header(["width.rule": "allAtOnce", "width.fixed": "2", "rollout.count": "0"]),
      answer: Script(draws: ["": ["a\n"]], scores: ["value": ["a\n": 0.5]]).answer)
    driver.ask(upTo: 1)
    while driver.tree.nodes.count < 2 {
      driver.tellNext()
      driver.ask(upTo: 1)
    }
    #expect(driver.search.widthReason(of: NodeID(1)).allowed == 0)
    #expect(driver.search.widthReason(of: NodeID(1)).formula == "none before the first backup")
  }

  /// d = 1 at the root: ⌈ln 0.1 / ln 0.5⌉ = ⌈3.32⌉ = 4, of which width.fixed allows 2 (LiteSearch, section 3).
  @Test func valueAndDepth() throws {
    let reason = try reason(["width.rule": "valueDepth"])
    #expect(reason.value == 0.5 && reason.wanted == 4 && reason.allowed == 2 && reason.decidedBy == "c_max")
  }

  /// Wherever a child has been evaluated, one of the children makes the importance.
  @Test(arguments: 1...40)
  func aChildMakesTheImportance(_ seed: UInt64) throws {
    var session = try RandomSession(seed: seed)
    for _ in 0..<120 { _ = session.step() }
    let search = session.driver.search
    for node in search.tree.nodes.indices.map({ NodeID($0) }) {
      let reason = search.widthReason(of: node)
      let allowance = search.allowance(at: node)
      #expect(reason.allowed == allowance.children && reason.decidedBy == allowance.decidedBy)
      if reason.rule == "importance", search.tree[node].importance > 0 {
        #expect(reason.child != nil, "node \(node) of seed \(seed)")
      }
    }
  }
}
