import Testing
import TreeSearchTesting

@testable import TreeInsight
@testable import TreeSearch

/// Where two runs part.
struct RunDifferenceTests {
  /// Two children of the root and no more; what the second draw says is up to the caller.
  private func driver(_ second: String, _ changes: [String: String] = [:], seed: UInt64 = 1) throws -> Driver {
    let fixed = ["rollout.count": "0", "width.root.minimum": "2", "width.root.maximum": "2"]
    let script = Script(
      draws: ["": ["a\n", second], "a\n": ["#### 1\n"], "b\n": ["#### 2\n"], "c\n": ["#### 3\n"]],
      scores: ["value": ["": 0.5, "a\n": 0.5, "b\n": 0.75, "c\n": 0.25, "#### 2\n": 1]])
    return Driver(try header(fixed.merging(changes) { $1 }, seed: seed), answer: script.answer)
  }

  private func timeline(_ driver: Driver) throws -> Timeline {
    try Timeline(header: driver.tree.header, events: driver.journal)
  }

  @Test func equalRunsDoNotDiffer() throws {
    var (one, two) = (try driver("b\n"), try driver("b\n"))
    one.run(to: 4)
    two.run(to: 4)
    #expect(try RunDifference(timeline(one), timeline(two)).isEmpty)
  }

  @Test func theFirstEventThatDiffersIsNamed() throws {
    var (one, two) = (try driver("b\n"), try driver("c\n", ["limit.simulations": "9"]))
    one.run(to: 2)
    two.run(to: 2)
    let found = try RunDifference(timeline(one), timeline(two))
    #expect(found.settings == [Difference("limit.simulations", "40", "9")])
    let at = try #require(found.parting?.at)
    #expect(Array(one.journal[..<at]) == Array(two.journal[..<at]))
    #expect(found.parting?.a == "request 3 is answered: \"b\"" && found.parting?.b == "request 3 is answered: \"c\"")
    // The root's Q differs, a is the same, b and c are only on one side.
    #expect(found.nodes.map(\.at) == [[], ["b\n"], ["c\n"]])
    #expect(found.nodes[0].a?.q == 0.625 && found.nodes[0].b?.q == 0.375)
    #expect(found.nodes[1].a?.id == NodeID(2) && found.nodes[1].b == nil)
    #expect(found.nodes[2].a == nil && found.nodes[2].b?.visits == 1)
  }

  /// A cache may have spared one of them some tokens.
  @Test func whatAnAnswerCostIsNoDifference() throws {
    var (one, two) = (try driver("b\n"), try driver("b\n"))
    let free = two.answer
    two.answer = { Answer(free($0, $1).content, usage: TokenUsage(reused: 7)) }
    one.run(to: 4)
    two.run(to: 4)
    #expect(one.journal != two.journal)
    #expect(try RunDifference(timeline(one), timeline(two)).isEmpty)
  }

  @Test func aRunThatGoesOnDiffersFromItsBeginning() throws {
    var (one, two) = (try driver("b\n"), try driver("b\n"))
    one.run(to: 2)
    two.run(to: 6)
    let found = try RunDifference(timeline(one), timeline(two))
    #expect(found.parting?.at == one.journal.count)
    #expect(found.parting?.a == nil && found.parting?.b?.hasSuffix("to be drawn below it") == true)
    #expect(found.nodes.contains { $0.a == nil && $0.b != nil })
    #expect(found.finals.allSatisfy { $0.a == nil && $0.b != nil } && !found.finals.isEmpty)
  }

  /// Two siblings with one text are two nodes.
  @Test func equalSiblingsGoInPairs() throws {
    var (one, two) = (try driver("a\n", ["merge.distance": "0"]), try driver("b\n", ["merge.distance": "0"]))
    one.run(to: 2)
    two.run(to: 2)
    let nodes = one.tree.differences(to: two.tree)
    #expect(nodes.map(\.at) == [[], ["a\n"], ["b\n"]])
    #expect(nodes[1].a?.id == NodeID(2) && nodes[1].b == nil)
    #expect(one.tree.differences(to: one.tree) == [])
  }

  @Test func theSeedIsASetting() throws {
    var (one, two) = (try driver("b\n"), try driver("b\n", seed: 2))
    one.run(to: 1)
    two.run(to: 1)
    let found = try RunDifference(timeline(one), timeline(two))
    #expect(found.settings == [Difference("seed", "1", "2")])
    #expect(found.parting?.at == 0, "the first request has another seed")
    #expect(found.nodes == [])
  }
}
