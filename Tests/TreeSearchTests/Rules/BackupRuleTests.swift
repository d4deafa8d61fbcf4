import Testing
import TreeSearchTesting

@testable import TreeSearch

/// Q of every node on a chain root → A (.5) → B (1) → C (.3), each backed up once; the root is never scored by itself.
struct BackupRuleTests {
  private func chain(_ changes: [String: String]) throws -> Driver {
    let script = Script(scores: ["value": ["": 0.9, "A\n": 0.5, "B\n": 1, "C\n": 0.3]])
    var driver = Driver(try header(["rollout.count": "0"].merging(changes) { $1 }), answer: script.answer)
    driver.run(to: 0)
    for (parent, text) in ["A\n", "B\n", "C\n"].enumerated() {
      try driver.act(.insert(node: NodeID(parent), option: SearchOption(text, .person)))
    }
    return driver
  }

  private func expect(_ driver: Driver, sums: [Double], _ location: SourceLocation = #_sourceLocation) {
    #expect(driver.tree.nodes.map(\.visits) == [3, 3, 2, 1], sourceLocation: location)
    for (node, sum) in zip(driver.tree.nodes, sums) {
      #expect(abs(node.valueSum - sum) < 1e-12, sourceLocation: location)
    }
    #expect(Invariants.check(driver.tree).isEmpty, sourceLocation: location)
  }

  // W(C) = .3; W(B) = 1 + .3; W(A) = .5 + 1.3; W(root) = 1.8, Q = .6 (AlphaLLM: running mean, no discount).
  private static let mean = [1.8, 1.8, 1.3, 0.3]
  // Q(C) = .3; Q(B) = max(1, .3); Q(A) = max(.5, 1); Q(root) = 1. W = N·Q.
  private static let greatest = [3.0, 3, 2, 0.3]
  // γ = .5: W(C) = .3; W(B) = 1 + .15; W(A) = .5 + .575; W(root) = .5375.
  private static let discounted = [0.5375, 1.075, 1.15, 0.3]

  @Test func theMean() throws { expect(try chain([:]), sums: Self.mean) }

  @Test func theGreatest() throws { expect(try chain(["backup.rule": "max"]), sums: Self.greatest) }

  @Test func theDiscountedMean() throws {
    let driver = try chain(["backup.rule": "discounted", "backup.discount": "0.5"])
    expect(driver, sums: Self.discounted)
    #expect(abs((driver.tree[.root].meanValue ?? 0) - 0.5375 / 3) < 1e-12)
  }

  @Test func aFactorOfOneIsTheMean() throws {
    expect(try chain(["backup.rule": "discounted", "backup.discount": "1"]), sums: Self.mean)
  }

  @Test func changedOnALiveRunAndBack() throws {
    var driver = try chain(["backup.discount": "0.5"])
    try driver.act(.set(parameter: "backup.rule", value: .word("max")))
    expect(driver, sums: Self.greatest)
    try driver.act(.set(parameter: "backup.rule", value: .word("discounted")))
    expect(driver, sums: Self.discounted)
    try driver.undo()
    expect(driver, sums: Self.greatest)
    try driver.undo()
    expect(driver, sums: Self.mean)
  }
}
