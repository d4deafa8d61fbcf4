import Foundation
import GRDB
import Testing

@testable import Workspace

/// Rounds as the workspace keeps them: append-only, driven by one at a time.
struct RoundStoreTests {
  let scratch: Scratch
  let workspace: Workspace

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
  }

  private func data(_ texts: String...) -> [Data] { texts.map { Data($0.utf8) } }

  @Test func roundsOfASeriesAreCounted() throws {
    let first = try workspace.createRound(series: "carrot", plan: Data("one".utf8))
    let other = try workspace.createRound(series: "pea", plan: Data("two".utf8))
    let second = try workspace.createRound(series: "carrot", plan: Data("three".utf8))
    #expect([first.id, other.id, second.id] == ["carrot-1", "pea-1", "carrot-2"])
    #expect(try workspace.rounds() == [first, other, second])
    #expect(try workspace.round("p").id == "pea-1")
    #expect(throws: WorkspaceError.self) { try workspace.round("carrot") }
    #expect(throws: WorkspaceError.self) { try workspace.round("") }
  }

  @Test func eventsAndItemsStandInTheirOrder() throws {
    let round = try workspace.createRound(series: "s", plan: Data())
    let writer = try workspace.drive(round)
    for event in data("a", "b") { try writer.append(event) }
    try writer.append(data("1", "2"), stage: "search", first: 0)
    try writer.append(data("3"), stage: "search", first: 2)
    try writer.append(data("x"), stage: "filter", first: 0)
    #expect(try workspace.events(of: round) == data("a", "b"))
    #expect(try workspace.items(of: round, stage: "search") == data("1", "2", "3"))
    #expect(try workspace.itemCount(of: round, stage: "filter") == 1)
    // Two writers who both think that they are the next: the second is told.
    #expect(throws: WorkspaceError.self) { try writer.append(data("again"), stage: "search", first: 2) }
    #expect(try workspace.items(of: round, stage: "search").count == 3)
  }

  @Test func oneDrivesAndOthersMaySpeak() throws {
    let round = try workspace.createRound(series: "s", plan: Data())
    let writer = try workspace.drive(round)
    #expect {
      _ = try workspace.drive(round)
    } throws: { error in
      (error as? WorkspaceError)?.kind == .busy
    }
    try workspace.append(Data("a word".utf8), to: round)
    #expect(try workspace.events(of: round).count == 1)
    withExtendedLifetime(writer) {}
  }

  @Test func whoLooksOnDisturbsNobody() throws {
    let (round, other) = (
      try workspace.createRound(series: "s", plan: Data()), try workspace.createRound(series: "t", plan: Data())
    )
    #expect(!workspace.isDriven(round))
    var writer: RoundWriter? = try workspace.drive(round)
    #expect(workspace.isDriven(round) && !workspace.isDriven(other))
    try writer?.append(data("1", "2", "3"), stage: "search", first: 0)
    #expect(try workspace.items(of: round, stage: "search", from: 1) == data("2", "3"))
    #expect(try workspace.items(of: round, stage: "search", from: 3) == [])
    #expect(try workspace.eventCount(of: round) == 0)
    try writer?.append(Data("a".utf8))
    #expect(try workspace.eventCount(of: round) == 1)
    writer = nil
    #expect(!workspace.isDriven(round))
    // Having looked does not hold what is looked at.
    withExtendedLifetime(try workspace.drive(round)) {}
  }

  @Test func whatIsWrittenStays() throws {
    let round = try workspace.createRound(series: "s", plan: Data())
    try workspace.append(Data("a".utf8), to: round)
    for statement in ["UPDATE round_events SET event = 'b'", "DELETE FROM round_events", "DELETE FROM rounds"] {
      #expect(throws: WorkspaceError.self) { try workspace.write { try $0.execute(sql: statement) } }
    }
    #expect(try workspace.events(of: round) == data("a"))
  }

  @Test func aMissingRowIsDamage() throws {
    let round = try workspace.createRound(series: "s", plan: Data())
    try workspace.write {
      try $0.execute(sql: "INSERT INTO round_events (round, number, event) VALUES (1, 1, 'late')")
    }
    #expect {
      _ = try workspace.events(of: round)
    } throws: { error in
      (error as? WorkspaceError)?.kind == .damaged
    }
  }

  @Test func oneThatIsDamagedHidesNoOther() throws {
    let good = try workspace.createRound(series: "good", plan: Data("{}".utf8))
    try workspace.write {
      try $0.execute(sql: "INSERT INTO rounds (id, series, number, created, plan) VALUES ('bad-1', 'bad', 'x', '', '')")
    }
    let last = try workspace.createRound(series: "good", plan: Data("{}".utf8))
    let list = try workspace.roundList()
    #expect(list.rounds == [good, last])
    #expect(list.damage.map(\.round) == ["bad-1"])
    #expect(try workspace.round("good-2") == last)
    for read in [{ _ = try workspace.round("bad-1") }, { _ = try workspace.rounds() }] {
      #expect {
        try read()
      } throws: {
        "\($0)" == "\(workspace.path): round bad-1 is damaged: number: expected a number"
      }
    }
  }
}
