import Testing
import TreeSearchTesting

@testable import TreeSearch

/// TS-LLM: no child on a node's first visit, all of them in one expansion on its second; the root has them at once.
struct AllAtOnceWidthTests {
  private let script = Script(
    draws: ["": ["a\n", "b\n", "c\n"], "a\n": ["d\n", "e\n", "f\n"]],
    scores: ["value": ["": 0.5, "a\n": 0.8, "b\n": 0.4, "c\n": 0.2, "d\n": 0.6, "e\n": 0.7, "f\n": 0.1]])

  private func driver(_ changes: [String: String] = [:]) throws -> Driver {
    let all = [
      "width.rule": "allAtOnce", "width.fixed": "3", "selection.exploration": "0", "rollout.count": "0",
    ].merging(changes) { $1 }
    return Driver(try header(all), answer: script.answer)
  }

  @Test func noneThenAll() throws {
    var parameters = SearchParameters()
    try parameters.set("width.fixed", to: "3")
    let rule = AllAtOnceWidth(parameters)
    #expect(rule.allowance(visits: 0, depth: 2).children == 0)
    #expect(rule.allowance(visits: 1, depth: 2).children == 3)
    #expect(rule.allowance(visits: 0, depth: 0).children == 3)
    #expect(rule.allowance(visits: 1, depth: 2).decidedBy == "second visit")
  }

  @Test func theFirstSimulationMakesTheRootsChildrenAndBacksUpOne() throws {
    var driver = try driver()
    driver.run(to: 1)
    // All three are scored; the best of them, and only it, is backed up.
    #expect(driver.tree.nodes.map(\.reward) == [0.5, 0.8, 0.4, 0.2])
    #expect(driver.tree.nodes.map(\.visits) == [1, 1, 0, 0])
    #expect(driver.journal.contains(.selected(node: .root, widen: true, children: 3, silent: true)))
    #expect(driver.journal.contains(.selected(node: NodeID(1), widen: false, from: .root)))
  }

  @Test func theSecondVisitMakesAllChildren() throws {
    var driver = try driver()
    driver.run(to: 2)
    // c = 0: a (.8) is entered again, now with children d, e, f; e (.7) is backed up.
    #expect(driver.tree.kids(NodeID(1)) == [4, 5, 6])
    #expect(driver.tree.nodes.map(\.visits) == [2, 2, 0, 0, 0, 1, 0])
    #expect(driver.tree[NodeID(1)].valueSum == 0.8 + 0.7)
    let asked = driver.requests.compactMap { if case .propose(let draws, _, _, _) = $0.kind { draws } else { nil } }
    #expect(asked == [3, 3])
  }

  @Test func copiesAmongTheDrawsAreDropped() throws {
    script.draws[""] = ["a\n", "a\n", "b\n"]
    var driver = try driver(["merge.draws": "1"])
    driver.run(to: 1)
    #expect(driver.tree.kids(.root).map { driver.tree.text(NodeID($0)) } == ["a\n", "b\n"])
    #expect(driver.tree.details[0].rejected == [RejectedDraw(option: SearchOption("a\n"), distance: 0)])
    #expect(driver.tree.draws == 3)
  }
}
