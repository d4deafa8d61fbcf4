import Testing
import TreeSearchTesting

@testable import TreeSearch

/// State merge of AlphaLLM's paper (section 4.3.2): a draw that is like a sibling joins its group, which is backed up
/// once more.
struct MergeTests {
  private func driver(
    _ draws: [String], _ changes: [String: String] = [:], beliefs: [String: Double] = [:]
  ) throws -> Driver {
    let script = Script(draws: ["": draws], scores: ["value": ["": 0.5, "aaaa\n": 0.8, "zzzz\n": 0.4]])
    script.beliefs = beliefs
    let all = [
      "merge.rule": "merge", "merge.distance": "2", "width.root.minimum": "3", "width.root.maximum": "3",
      "rollout.count": "0",
    ].merging(changes) { $1 }
    return Driver(try header(all), answer: script.answer)
  }

  @Test func aMergedDrawBacksTheGroupsRewardUpOnceMore() throws {
    var driver = try driver(["aaaa\n", "aaab\n", "zzzz\n"])
    driver.run(to: 1)
    driver.run(to: 2)
    let a = NodeID(1)
    // The draw one edit away made no node: N(a) = 2, W(a) = .8 + .8.
    #expect(driver.tree.kids(.root) == [1])
    #expect(driver.tree[a].visits == 2)
    #expect(driver.tree[a].valueSum == 1.6)
    #expect(driver.tree.ownBackups(of: a) == 2)
    #expect(driver.tree[.root].visits == 2)
    #expect(driver.tree[a].marks.contains(.group))
    #expect(driver.tree.details[1].members.map(\.option.text) == ["aaab\n"])
    #expect(driver.tree.details[1].members[0].distance == 1)
    #expect(driver.journal.contains { if case .merged(a, _, 0, 1) = $0 { true } else { false } })
    // The third draw is different: N(root) = 3, W(root) = 1.6 + .4, and a group's members cost no further critic.
    driver.run(to: 3)
    #expect(driver.tree.kids(.root) == [1, 2])
    #expect(driver.tree[.root].visits == 3)
    #expect(abs(driver.tree[.root].valueSum - 2) < 1e-12)
    #expect(driver.tree.criticCalls["value"] == 3)
    #expect(driver.tree.draws == 3)
  }

  @Test func aDrawThatJoinsWhileItsGroupIsBeingEvaluatedCountsOnceItIs() throws {
    var driver = try driver(["aaaa\n", "aaab\n"], ["search.workers": "2"])
    driver.run(to: 0)
    driver.ask(upTo: 2)
    driver.tellNext()
    driver.ask(upTo: 2)  // "aaaa" joins; the critic is asked about it
    driver.tellNext()
    driver.ask(upTo: 2)  // "aaab" joins its group
    #expect(driver.tree.details[1].members.count == 1)
    #expect(driver.tree[.root].visits == 0)
    driver.run(to: 2)
    #expect(driver.tree[NodeID(1)].visits == 2)
    #expect(driver.tree[NodeID(1)].valueSum == 1.6)
  }

  @Test func dryDrawsFreezeTheWidth() throws {
    // Two draws in a row join the group: the next simulation widens the root no more and goes on below.
    var driver = try driver(["aaaa\n"], ["merge.draws": "2"])
    driver.run(to: 4)
    #expect(driver.journal.contains(.widthFrozen(node: .root, spent: 2)))
    #expect(driver.tree[.root].marks.contains(.widthFrozen))
    #expect(driver.tree.details[1].members.count == 2)
    #expect(driver.tree.kids(.root) == [1])
    #expect(driver.tree.kids(NodeID(1)) == [2])
    #expect(driver.tree[.root].visits == 4)
  }

  @Test func aNewChildEndsADrySpell() throws {
    var driver = try driver(["aaaa\n", "aaab\n", "zzzz\n", "aaac\n", "zzzy\n"], ["merge.draws": "2"])
    driver.run(to: 4)
    #expect(!driver.tree[.root].marks.contains(.widthFrozen))
    driver.run(to: 6)
    #expect(driver.tree[.root].marks.contains(.widthFrozen))
    #expect(driver.tree.details[1].members.count == 2)
    #expect(driver.tree.details[2].members.count == 1)
  }

  /// A first draw, one that each predicate finds like it, and one that it does not.
  private static let predicates: [(name: String, share: String, draws: [String])] = [
    ("edit", "0.9", ["aaaa\n", "aaab\n", "zzzz\n"]),
    ("tokens", "0.6", ["Tom has 3 red apples\n", "Tom has 3 green apples\n", "Ann eats\n"]),
    ("equations", "0.9", ["3 + 4 = 7\n", "So 3+4=7.\n", "3 + 4 = 8\n"]),
    ("model", "0.9", ["first\n", "the same\n", "another\n"]),
  ]

  @Test(arguments: 0..<4)
  func mergesUnderEachPredicate(_ row: Int) throws {
    let (name, share, draws) = Self.predicates[row]
    var driver = try driver(
      draws, ["merge.predicate": name, "merge.share": share], beliefs: ["the same\n": 0.95, "another\n": 0.5])
    driver.run(to: 3)
    #expect(driver.tree.kids(.root).map { driver.tree.text(NodeID($0)) } == [draws[0], draws[2]])
    #expect(driver.tree.details[1].members.map(\.option.text) == [draws[1]])
    #expect(driver.tree[NodeID(1)].visits == 2)
  }

  @Test(arguments: 0..<4)
  func resamplesUnderEachPredicate(_ row: Int) throws {
    let (name, share, draws) = Self.predicates[row]
    var driver = try driver(
      draws, ["merge.rule": "resample", "merge.predicate": name, "merge.share": share],
      beliefs: ["the same\n": 0.95, "another\n": 0.5])
    driver.run(to: 2)
    #expect(driver.tree.kids(.root).map { driver.tree.text(NodeID($0)) } == [draws[0], draws[2]])
    #expect(driver.tree.details[0].rejected.map(\.option.text) == [draws[1]])
    #expect(driver.tree.details[2].draws == 2)
    #expect(driver.tree[NodeID(1)].visits == 1)
  }

  @Test(arguments: 0..<4)
  func offAddsWhatComes(_ row: Int) throws {
    let (name, share, draws) = Self.predicates[row]
    var driver = try driver(
      [draws[0], draws[0], draws[1]], ["merge.rule": "off", "merge.predicate": name, "merge.share": share])
    driver.run(to: 3)
    #expect(driver.tree.kids(.root).map { driver.tree.text(NodeID($0)) } == [draws[0], draws[0], draws[1]])
    #expect(!driver.requests.contains { if case .compare = $0.kind { true } else { false } })
  }

  @Test func aModelIsAskedAboutEverySiblingAndNothingElse() throws {
    var driver = try driver(
      ["first\n", "another\n", "third\n"], ["merge.predicate": "model"])
    driver.run(to: 3)
    let asked = driver.requests.compactMap { request -> [NodeID]? in
      if case .compare(_, let nodes) = request.kind { nodes } else { nil }
    }
    #expect(asked == [[NodeID(1)], [NodeID(1), NodeID(2)]])
  }
}
