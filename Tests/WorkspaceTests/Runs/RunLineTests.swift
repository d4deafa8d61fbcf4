import Foundation
import Testing

@testable import Workspace

/// What a list of many runs shows.
@Suite struct RunLineTests {
  private func lines(after sql: String?) throws -> [RunLine] {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    _ = try ScriptedDriver.run(in: workspace)
    _ = try ScriptedDriver.run(in: workspace)
    if let sql { try workspace.write { try $0.execute(sql: sql) } }
    var lines: [RunLine] = []
    try workspace.forEachRunLine { lines.append($0) }
    return lines
  }

  @Test func aLineSaysWhatTheRunSays() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    _ = try ScriptedDriver.run(in: workspace)
    let run = try #require(try workspace.runs().first)
    var lines: [RunLine] = []
    try workspace.forEachRunLine { lines.append($0) }
    #expect(
      lines == [
        RunLine(
          id: run.id, problem: run.problem, created: run.created.formatted(.iso8601), events: run.eventCount,
          totals: RunLine.Totals(
            simulations: run.totals.simulations, nodes: run.totals.nodes, stopped: run.totals.stopped))
      ])
  }

  @Test(
    "A damaged line hides no other",
    arguments: [
      "totals = x'7B'", "totals = 'null'", "totals = '[1]'", "totals = '{\"simulations\":\"many\",\"nodes\":1}'",
      "totals = '{\"simulations\":3,\"nodes\":4,\"stopped\":\"tired\"}'", "totals = 12",
    ])
  func damage(_ change: String) throws {
    let lines = try lines(after: "UPDATE runs SET \(change) WHERE row = 1")
    #expect(lines.map { $0.totals == nil } == [true, false])
  }
}
