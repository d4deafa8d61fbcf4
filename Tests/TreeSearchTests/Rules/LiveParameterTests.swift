import Testing
import TreeSearchTesting

@testable import TreeSearch

/// `.set` changes a parameter on a live run, as an event that can be undone.
struct LiveParameterTests {
  private func driver() throws -> Driver {
    let script = Script(
      draws: ["": ["a\n", "b\n", "c\n", "d\n"]],
      scores: ["value": ["": 0.5, "a\n": 0.8, "b\n": 0.4, "c\n": 0.2, "d\n": 0.1, "end\n": 0]])
    let changes = ["width.root.minimum": "2", "width.root.maximum": "2", "rollout.count": "0"]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 2)
    return driver
  }

  @Test func theConstantChangesTheTermsAtOnceAndUndoGivesThemBack() throws {
    var driver = try driver()
    let before = try #require(driver.search.terms(of: NodeID(1)))
    #expect(abs(before.exploration - 0.8325546111576977) < 1e-12)  // √ln 2
    try driver.act(.set(parameter: "selection.exploration", value: .number(0.5)))
    #expect(driver.search.terms(of: NodeID(1))?.exploration == before.exploration / 2)
    #expect(driver.tree.parameters.changes["selection.exploration"] == .number(0.5))
    #expect(driver.tree.header.parameters.changes["selection.exploration"] == nil)
    try driver.undo()
    #expect(driver.search.terms(of: NodeID(1)) == before)
    try driver.redo()
    #expect(driver.search.terms(of: NodeID(1))?.exploration == before.exploration / 2)
  }

  @Test func aWiderRootIsWidened() throws {
    var driver = try driver()
    try driver.act(.set(parameter: "width.root.minimum", value: .integer(4)))
    driver.run(to: 4)
    #expect(driver.tree.kids(.root) == [1, 2, 3, 4])
    try driver.undo()
    // What stands, stands; no more is added.
    driver.run(to: 8)
    #expect(driver.tree.kids(.root) == [1, 2, 3, 4])
    #expect(driver.search.allowance(at: .root).children == 2)
  }

  @Test func theJournalTellsIt() throws {
    var driver = try driver()
    try driver.act(.set(parameter: "width.root.minimum", value: .integer(4)))
    driver.run(to: 4)
    let replayed = try SearchTree(header: driver.tree.header, events: driver.journal)
    #expect(replayed.differences(from: driver.tree).isEmpty)
    #expect(replayed.parameters.changes["width.root.minimum"] == .integer(4))
  }

  @Test func whatIsOutOfRangeIsRefused() throws {
    var driver = try driver()
    #expect(
      throws: InterventionError(
        description: "width.minimum: expected a whole number from 1 to 1000, found '0'")
    ) {
      try driver.search.intervene(.set(parameter: "width.minimum", value: .integer(0)))
    }
    #expect(driver.search.takeEvents().isEmpty)
  }
}
