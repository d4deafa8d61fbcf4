import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Workspace

@Suite struct VerifyTests {
  /// The findings after `sql` has changed a good run.
  private func findings(after sql: String) throws -> [String] {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, _) = try ScriptedDriver.run(in: workspace)
    try workspace.write { try $0.execute(sql: sql) }
    let report = try workspace.verify(run: id)
    #expect(report.ok == report.problems.isEmpty)
    return report.problems.map {
      $0.replacingOccurrences(of: path, with: "W").replacingOccurrences(of: id, with: "R")
    }
  }

  @Test func aGoodRunIsGood() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    let report = try workspace.verify(run: id)
    #expect(report == JournalReport(run: id, events: tree.eventCount, nodes: 4, simulations: 3, problems: []))
    let json = try CanonicalJSON.text(report)
    #expect(json == #"{"events":\#(tree.eventCount),"nodes":4,"ok":true,"problems":[],"run":"\#(id)","simulations":3}"#)
  }

  @Test func aMissingEventIsNamed() throws {
    #expect(
      try findings(after: "DELETE FROM events WHERE number = 4") == ["W: run R: event 4 is damaged: it is missing"])
  }

  @Test func aShortJournalIsNamed() throws {
    let found = try findings(after: "DELETE FROM events WHERE number >= 9")
    #expect(found == ["W: run R: event 9 is damaged: it is missing"])
  }

  @Test func anEventBeyondTheEndIsNamed() throws {
    let found = try findings(after: "UPDATE runs SET events = events - 1")
    #expect(found.count == 1 && found[0].hasSuffix("is damaged: it lies beyond the journal's end"))
  }

  @Test func aChangedByteIsFound() throws {
    // Still valid JSON of a valid event: only the digest can tell.
    let found = try findings(
      after:
        "UPDATE events SET event = CAST(replace(CAST(event AS TEXT), '2 + 3 = 6', '2 + 3 = 7') AS BLOB) WHERE CAST(event AS TEXT) LIKE '%= 6%'"
    )
    #expect(found == ["the journal's bytes do not have the digest that was kept of them"])
  }

  @Test func anUnreadableEventIsNamed() throws {
    let found = try findings(after: "UPDATE events SET event = x'7B' WHERE number = 2")
    #expect(found.count == 2 && found[1].hasPrefix("W: run R: event 2 is damaged: "))
    let unknown = try findings(after: "UPDATE events SET event = CAST('{\"unheard\":{}}' AS BLOB) WHERE number = 2")
    #expect(unknown.count == 2 && unknown[1].hasPrefix("W: run R: event 2 is damaged: "))
  }

  @Test func anEventThatDoesNotFitIsNamed() throws {
    let found = try findings(
      after: "UPDATE events SET event = CAST('{\"undone\":{\"intervention\":9}}' AS BLOB) WHERE number = 3")
    #expect(found.last == "W: run R: event 3 is damaged: intervention 9 is not the last one")
  }

  @Test func totalsThatDisagreeAreNamed() throws {
    let totals = #"{"nodes":5,"simulations":3,"tokens":{"critic":0,"policy":6,"reused":0,"rollout":0}}"#
    let found = try findings(after: "UPDATE runs SET totals = CAST('\(totals)' AS BLOB)")
    #expect(found == ["nodes: the run's row says 5, its journal 4"])
  }

  @Test func aHeaderOfAnotherRunIsFound() throws {
    let found = try findings(
      after: "UPDATE runs SET header = CAST(replace(CAST(header AS TEXT), '\"seed\":7', '\"seed\":8') AS BLOB)")
    #expect(found == ["the header does not belong to the fingerprint R"])
  }

  @Test func damagedRowsAreErrorsOfReading() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, _) = try ScriptedDriver.run(in: workspace)
    try workspace.write { try $0.execute(sql: "UPDATE events SET event = x'7B' WHERE number = 2") }
    #expect { try workspace.tree(of: id) } throws: {
      "\($0)".hasPrefix("\(path): run \(id): event 2 is damaged: ") && !"\($0)".contains("\n")
    }
    try workspace.write { try $0.execute(sql: "UPDATE runs SET header = x'7B'") }
    #expect { try workspace.run(id) } throws: { "\($0)".hasPrefix("\(path): run \(id): the header is damaged: ") }
    #expect(try workspace.runs().count == 1)
  }
}
