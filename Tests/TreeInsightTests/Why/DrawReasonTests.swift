import Testing
import TreeSearchTesting

@testable import TreeInsight
@testable import TreeSearch

/// Which draws a node cost, and what it was compared with.
struct DrawReasonTests {
  private func run(_ changes: [String: String], draws: [String], to simulations: Int) throws -> Driver {
    let fixed = ["rollout.count": "0", "width.root.minimum": "3", "width.root.maximum": "3", "merge.distance": "3"]
    var driver = Driver(
      try header(fixed.merging(changes) { $1 }), answer: Script(draws: ["": draws]).answer)
    driver.run(to: simulations)
    return driver
  }

  private func timeline(_ driver: Driver) throws -> Timeline {
    try Timeline(header: driver.tree.header, events: driver.journal)
  }

  /// aaaa; then aaab (1 edit) and aacc (2) are rejected and bbbb (4 edits from aaaa) joins; cccc has 4 to both.
  @Test func rejectedDraws() throws {
    let driver = try run([:], draws: ["aaaa\n", "aaab\n", "aacc\n", "bbbb\n", "dddd\n"], to: 3)
    let timeline = try timeline(driver)
    let first = try #require(timeline.drawReason(of: NodeID(1)))
    #expect(first.draws == 1 && first.nearest == nil && first.distance == nil && first.rejected.isEmpty)
    let second = try #require(timeline.drawReason(of: NodeID(2)))
    #expect(second.origin == .drawn && second.draws == 3 && second.nearest == NodeID(1) && second.distance == 4)
    #expect(second.rejected.map(\.text) == ["aaab\n", "aacc\n"] && second.rejected.map(\.distance) == [1, 2])
    #expect(second.rule == "resample" && second.predicate == "edit" && second.threshold == 3)
    let third = try #require(timeline.drawReason(of: NodeID(3)))
    #expect(third.draws == 1 && third.rejected.isEmpty && third.nearest == NodeID(1))
    #expect(timeline.drawReason(of: .root) == nil)
    #expect(timeline.drawReason(of: NodeID(3), at: second.event) == nil, "it was not there yet")
    #expect(
      second.sentences == [
        "Node 2 was drawn at event \(second.event), after 3 draws, 4 edits from its nearest sibling, node 1.",
        "Rejected before it: \"aaab\" (1 edit), \"aacc\" (2 edits).",
        "Options were alike with an edit distance below 3; rule resample.",
      ])
  }

  /// Two draws a child, both too near: the less similar one joins all the same.
  @Test func theLeastSimilarOne() throws {
    let driver = try run(["merge.draws": "2"], draws: ["aaaa\n", "aaab\n", "aacc\n"], to: 2)
    let reason = try #require(try timeline(driver).drawReason(of: NodeID(2)))
    #expect(reason.origin == .leastSimilar && reason.draws == 2 && reason.distance == 2 && reason.nearest == NodeID(1))
    #expect(reason.rejected.map(\.text) == ["aaab\n"])
  }

  @Test func membersOfAGroup() throws {
    let driver = try run(["merge.rule": "merge"], draws: ["aaaa\n", "aaab\n", "bbbb\n"], to: 3)
    let timeline = try timeline(driver)
    let reason = try #require(timeline.drawReason(of: NodeID(1)))
    #expect(reason.members == [DrawReason.Draw(text: "aaab\n", distance: 1)])
    #expect(timeline.drawReason(of: NodeID(1), at: reason.event)?.members == [])
    #expect(reason.rule == "merge")
  }

  @Test func whatAPersonDid() throws {
    var driver = try run([:], draws: ["aaaa\n", "bbbb\n"], to: 1)
    try driver.act(.insert(node: .root, option: SearchOption("mine\n", .person)))
    try driver.act(.expand(node: .root, count: 1))
    let timeline = try timeline(driver)
    #expect(timeline.drawReason(of: NodeID(2))?.origin == .person)
    #expect(timeline.drawReason(of: NodeID(2))?.draws == 0)
    #expect(timeline.drawReason(of: NodeID(3))?.origin == .drawn)
  }

  /// Every node of a random session has its reason, which agrees with the tree's own books.
  @Test(arguments: 1...25)
  func everyNodeHasAReason(_ seed: UInt64) throws {
    var session = try RandomSession(seed: seed)
    for _ in 0..<120 { _ = session.step() }
    let tree = session.tree
    let timeline = try timeline(session.driver)
    for node in tree.nodes.indices.dropFirst().map({ NodeID($0) }) {
      let reason = try #require(timeline.drawReason(of: node))
      let detail = tree.details[node.offset]
      #expect(reason.draws == detail.draws && reason.distance == detail.distance)
      // Where a person moved an end, there is no draw to be compared.
      if reason.distance != nil, reason.origin != .boundary {
        #expect(reason.nearest != nil, "node \(node) of seed \(seed)")
      }
      #expect(reason.rejected.count <= max(0, reason.draws - 1))
      let isRemade = tree.interventions.contains { $0.made(node) }
      #expect((reason.origin == .boundary) == isRemade, "node \(node) of seed \(seed)")
      if reason.origin == .drawn { #expect(reason.rejected.count == reason.draws - 1, "node \(node) of seed \(seed)") }
      #expect(reason.members.count <= detail.members.count)
    }
  }
}
