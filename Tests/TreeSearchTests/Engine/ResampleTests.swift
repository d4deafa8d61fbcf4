import Testing
import TreeSearchTesting

@testable import TreeSearch

struct ResampleTests {
  private func driver(_ draws: [String], _ changes: [String: String] = [:]) throws -> Driver {
    let script = Script(draws: ["": draws], scores: ["value": [:]])
    var all = ["rollout.count": "0", "width.root.minimum": "4", "width.root.maximum": "4"]
    all.merge(changes) { $1 }
    return Driver(try header(all), answer: script.answer)
  }

  private func proposals(_ driver: Driver) -> [(temperature: Double, earlier: Int)] {
    driver.requests.compactMap {
      if case .propose(_, let temperature, _, let earlier) = $0.kind { (temperature, earlier) } else { nil }
    }
  }

  @Test func rejectedDrawsAreKeptAndCounted() throws {
    var driver = try driver(["a\n", "a\n", "a\n", "b\n"])
    driver.run(to: 2)
    let root = driver.tree.details[0]
    #expect(root.rejected == Array(repeating: RejectedDraw(option: SearchOption("a\n"), distance: 0), count: 2))
    #expect(driver.tree.draws == 4)
    #expect(driver.tree.details[1].draws == 1)
    #expect(driver.tree.details[1].distance == nil)
    #expect(driver.tree.details[2].draws == 3)
    #expect(driver.tree.details[2].distance == 1)
    #expect(driver.tree.text(NodeID(2)) == "b\n")
    #expect(proposals(driver).map(\.earlier) == [0, 0, 1, 2])
  }

  @Test func onlyTheFirstChildIsGreedy() throws {
    var driver = try driver(["a\n", "a\n", "b\n", "c\n"])
    driver.run(to: 3)
    #expect(proposals(driver).map(\.temperature) == [0, 0.8, 0.8, 0.8])
    var sampled = try self.driver(["a\n", "b\n"], ["option.greedyFirst": "false", "option.temperature": "1.25"])
    sampled.run(to: 2)
    #expect(proposals(sampled).map(\.temperature) == [1.25, 1.25])
  }

  @Test func copiesWithoutEndFreezeTheWidth() throws {
    var driver = try driver(["a\n"])
    driver.run(to: 2)
    #expect(driver.journal.contains(.widthFrozen(node: .root, spent: 5)))
    #expect(driver.tree[.root].marks.contains(.widthFrozen))
    #expect(driver.tree.details[0].rejected.count == 5)
    #expect(driver.tree.kids(.root) == [1])
    #expect(driver.tree.lastSelected == NodeID(1))  // the second simulation went on below the only child
    #expect(driver.tree.kids(NodeID(1)) == [2])
  }

  @Test func theLeastSimilarDrawJoinsWhenNonePasses() throws {
    var driver = try driver(
      ["aaaa\n", "aaab\n", "aabb\n", "aaac\n", "aaad\n", "aaae\n"], ["merge.distance": "3"])
    driver.run(to: 2)
    let added = SearchEvent.added(
      node: NodeID(2), parent: .root, request: 7, draw: -4, spent: 5, distance: 2, terminal: nil, answer: nil)
    #expect(driver.journal.contains(added))
    #expect(driver.tree.text(NodeID(2)) == "aabb\n")
    #expect(driver.tree.details[2].draws == 5)
    #expect(driver.tree.details[2].distance == 2)
    #expect(driver.tree.details[0].rejected.map(\.distance) == [1, 2, 1, 1, 1])
    #expect(!driver.tree[.root].marks.contains(.widthFrozen))
  }

  @Test func distanceZeroSwitchesTheRuleOff() throws {
    var driver = try driver(["a\n"], ["merge.distance": "0"])
    driver.run(to: 4)
    #expect(driver.tree.kids(.root) == [1, 2, 3, 4])
    #expect(driver.tree.details[0].rejected.isEmpty)
  }

  @Test func twoChildrenDrawnAtOnceNeverBecomeTwins() throws {
    // Both expansions fail to find something different enough and fall back on their least similar draw.
    var driver = try driver(["aaaa\n", "aabb\n"], ["merge.distance": "3", "merge.draws": "2"])
    driver.run(to: 1)
    try driver.act(.expand(node: .root, count: 2))
    let texts = driver.tree.kids(.root).map { driver.tree.text(NodeID($0)) }
    #expect(texts == ["aaaa\n", "aabb\n"])
  }
}
