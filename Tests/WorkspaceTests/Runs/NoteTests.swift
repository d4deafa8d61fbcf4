import Foundation
import GRDB
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// What is noted of runs beside their journals.
struct NoteTests {
  private let scratch: Scratch
  private let workspace: Workspace
  private let run: String

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    run = try ScriptedDriver.run(in: workspace, simulations: 3).id
  }

  @Test func aNoteReplacesTheOneAtItsPlaceAndCanBeTakenAway() throws {
    let events = try workspace.events(of: run)
    try workspace.keep(RunNote(.label, at: 1, "good"), of: run)
    try workspace.keep(RunNote(.bookmark, at: 2, "look"), of: run)
    try workspace.keep(RunNote(.bookmark, at: 1), of: run)
    try workspace.keep(RunNote(.bookmark, at: 2, "look again"), of: run)
    try workspace.keep(RunNote(.commit, at: 2, nil), of: run)
    let kept = [
      RunNote(.bookmark, at: 1), RunNote(.bookmark, at: 2, "look again"), RunNote(.label, at: 1, "good"),
    ]
    #expect(try workspace.notes(of: run) == kept)
    #expect(try Workspace(path: workspace.path, readOnly: true).notes(of: run) == kept)
    try workspace.keep(RunNote(.bookmark, at: 2, nil), of: run)
    #expect(try workspace.notes(of: run) == [kept[0], kept[2]])
    #expect(try workspace.events(of: run) == events && workspace.verify(run: run).problems == [])
  }

  @Test func aRunThatIsNotThereHasNoNotes() throws {
    #expect(throws: WorkspaceError(.missing, "\(workspace.path): there is no run 'x'")) {
      try workspace.keep(RunNote(.bookmark, at: 1), of: "x")
    }
    #expect(try workspace.notes(of: "x") == [])
    try workspace.keep(RunNote(.bookmark, at: 1), of: run)
    try workspace.deleteRun(run)
    #expect(try workspace.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM annotations") } == 0)
  }

  @Test func anotherProcessMayWriteTheJournalMeanwhile() throws {
    let writer = try workspace.writer(of: run)
    try withExtendedLifetime(writer) {
      try Workspace(path: workspace.path).keep(RunNote(.bookmark, at: 1, "a guest's"), of: run)
    }
    #expect(try workspace.notes(of: run).map(\.text) == ["a guest's"])
  }

  @Test func aForkHasTheNotesOfTheNodesItHas() throws {
    let events = try workspace.events(of: run)
    let moment = try #require(events.indices.first { try workspace.tree(of: run, upTo: $0).nodes.count == 2 })
    try workspace.keep(RunNote(.label, at: 1, "bad"), of: run)
    try workspace.keep(RunNote(.bookmark, at: 2, "later"), of: run)
    try workspace.keep(RunNote(.commit, at: 1, "c"), of: run)
    let fork = try workspace.fork(run: run, at: moment)
    #expect(try workspace.notes(of: fork.id) == [RunNote(.label, at: 1, "bad")])
  }

  @Test func anImportBringsNotesAlongAndKeepsWhatIsNotedHere() throws {
    let target = try Workspace.forTests(scratch.file("t.sqlite"))
    try workspace.keep(RunNote(.bookmark, at: 1, "first"), of: run)
    let id = try #require(try WorkspaceImport(from: [workspace.path]).write(into: target).first?.runs.first?.run)
    #expect(try target.notes(of: id) == [RunNote(.bookmark, at: 1, "first")])
    try target.keep(RunNote(.bookmark, at: 1, "mine"), of: id)
    try workspace.keep(RunNote(.label, at: 2, "good"), of: run)
    _ = try WorkspaceImport(from: [workspace.path]).write(into: target)
    #expect(
      try target.notes(of: id) == [RunNote(.bookmark, at: 1, "mine"), RunNote(.label, at: 2, "good")])
  }

  /// A file as version 1 of this program left it.
  @Test func anOlderWorkspaceIsReadAndBroughtUpToDate() throws {
    try workspace.write {
      try $0.execute(
        sql: """
          DROP INDEX commits_by_problem; DROP INDEX commits_by_undone; DROP TABLE labels; DROP TABLE rounds; DROP TABLE round_events; DROP TABLE round_items;
          DROP TABLE judgements; DROP TABLE annotations; PRAGMA user_version = 1
          """)
    }
    #expect(try Workspace(path: workspace.path, readOnly: true).notes(of: run) == [])
    let again = try Workspace(path: workspace.path)
    try again.keep(RunNote(.bookmark, at: 1), of: run)
    #expect(try again.notes(of: run).count == 1)
    #expect(try again.verify(run: run).problems == [])
  }

  @Test func aLaterVersionsKindsAreLeftOut() throws {
    try workspace.write {
      try $0.execute(sql: "INSERT INTO annotations SELECT row, 'hologram', 1, '' FROM runs")
    }
    #expect(try workspace.notes(of: run) == [])
  }
}
