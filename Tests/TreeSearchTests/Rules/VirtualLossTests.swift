import Testing
import TreeSearchTesting

@testable import TreeSearch

/// Several simulations under way: each counts as a visit without reward along its path.
struct VirtualLossTests {
  /// Root with exactly two children a (.6) and b (.5), each backed up once; nothing is under way.
  private func driver(_ changes: [String: String] = [:]) throws -> Driver {
    let script = Script(
      draws: ["": ["a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.6, "b\n": 0.5, "end\n": 0.5]])
    let all = [
      "search.workers": "2", "width.root.minimum": "2", "width.root.maximum": "2", "width.minimum": "2",
      "rollout.count": "0",
    ].merging(changes) { $1 }
    var driver = Driver(try header(all), answer: script.answer)
    driver.run(to: 2)
    return driver
  }

  @Test func theSecondSimulationTakesAnotherBranch() throws {
    var driver = try driver()
    #expect(driver.tree.nodes.map(\.visits) == [2, 1, 1])
    driver.ask(upTo: 4)
    // First: a, .6 + √ln 2 against .5 + √ln 2. Then N = 3 and a has n = 2, W = .6:
    // .3 + √(ln 3 / 2) = 1.0411 against .5 + √ln 3 = 1.5481.
    #expect(driver.queue.map(\.node) == [NodeID(1), NodeID(2)])
    #expect(driver.tree.nodes.map(\.underWay) == [2, 1, 1])
  }

  @Test func theTermsSayWhatIsUnderWay() throws {
    var driver = try driver()
    driver.ask(upTo: 3)
    let terms = try #require(driver.search.terms(of: NodeID(1)))
    #expect(abs(terms.exploitation - 0.3) < 1e-12)
    #expect(abs(terms.exploration - 0.7411519036839837) < 1e-12)
  }

  @Test func withoutVirtualLossBothTakeTheSame() throws {
    var driver = try driver(["search.virtualLoss": "0"])
    driver.ask(upTo: 4)
    #expect(driver.queue.map(\.node) == [NodeID(1), NodeID(1)])
  }

  @Test func nothingIsLeftUnderWayAtTheEnd() throws {
    var driver = try driver()
    driver.run(to: 9)
    #expect(driver.tree.simulations == 9)
    #expect(driver.tree.nodes.allSatisfy { $0.underWay == 0 })
    #expect(Invariants.check(driver.tree).isEmpty)
  }

  @Test func noMoreThanTheTargetAreBegun() throws {
    var driver = try driver(["search.workers": "8"])
    driver.ask(upTo: 5)
    #expect(driver.queue.count == 3)
  }
}
