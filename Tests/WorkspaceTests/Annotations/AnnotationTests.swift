import Foundation
import GRDB
import Testing
import TreeSearch

@testable import Workspace

/// What is noted of runs beside their journals.
struct AnnotationTests {
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
    try workspace.annotate(run: run, Annotation(.label, at: 1, "good"))
    try workspace.annotate(run: run, Annotation(.bookmark, at: 2, "look"))
    try workspace.annotate(run: run, Annotation(.bookmark, at: 1))
    try workspace.annotate(run: run, Annotation(.bookmark, at: 2, "look again"))
    try workspace.removeAnnotation(.commit, at: 2, of: run)
    let kept = [
      Annotation(.bookmark, at: 1), Annotation(.bookmark, at: 2, "look again"), Annotation(.label, at: 1, "good"),
    ]
    #expect(try workspace.annotations(of: run) == kept)
    #expect(try Workspace(path: workspace.path, readOnly: true).annotations(of: run) == kept)
    try workspace.removeAnnotation(.bookmark, at: 2, of: run)
    #expect(try workspace.annotations(of: run) == [kept[0], kept[2]])
    #expect(try workspace.events(of: run) == events && workspace.verify(run: run).problems == [])
  }

  @Test func aRunThatIsNotThereHasNoNotes() throws {
    #expect(throws: WorkspaceError(.missing, "\(workspace.path): there is no run 'x'")) {
      try workspace.annotate(run: "x", Annotation(.bookmark, at: 1))
    }
    #expect(try workspace.annotations(of: "x") == [])
    try workspace.annotate(run: run, Annotation(.bookmark, at: 1))
    try workspace.deleteRun(run)
    #expect(try workspace.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM annotations") } == 0)
  }

  @Test func anotherProcessMayWriteTheJournalMeanwhile() throws {
    let writer = try workspace.writer(of: run)
    try withExtendedLifetime(writer) {
      try Workspace(path: workspace.path).annotate(run: run, Annotation(.bookmark, at: 1, "a guest's"))
    }
    #expect(try workspace.annotations(of: run).map(\.text) == ["a guest's"])
  }

  @Test func aForkHasTheNotesOfTheNodesItHas() throws {
    let events = try workspace.events(of: run)
    let moment = try #require(events.indices.first { try workspace.tree(of: run, upTo: $0).nodes.count == 2 })
    try workspace.annotate(run: run, Annotation(.label, at: 1, "bad"))
    try workspace.annotate(run: run, Annotation(.bookmark, at: 2, "later"))
    try workspace.annotate(run: run, Annotation(.commit, at: 1, "c"))
    let fork = try workspace.fork(run: run, at: moment)
    #expect(try workspace.annotations(of: fork.id) == [Annotation(.label, at: 1, "bad")])
  }

  @Test func anImportBringsNotesAlongAndKeepsWhatIsNotedHere() throws {
    let target = try Workspace.forTests(scratch.file("t.sqlite"))
    try workspace.annotate(run: run, Annotation(.bookmark, at: 1, "first"))
    let id = try #require(try WorkspaceImport(from: [workspace.path]).write(into: target).first?.runs.first?.run)
    #expect(try target.annotations(of: id) == [Annotation(.bookmark, at: 1, "first")])
    try target.annotate(run: id, Annotation(.bookmark, at: 1, "mine"))
    try workspace.annotate(run: run, Annotation(.label, at: 2, "good"))
    _ = try WorkspaceImport(from: [workspace.path]).write(into: target)
    #expect(
      try target.annotations(of: id) == [Annotation(.bookmark, at: 1, "mine"), Annotation(.label, at: 2, "good")])
  }

  /// A file as version 1 of this program left it.
  @Test func anOlderWorkspaceIsReadAndBroughtUpToDate() throws {
    try workspace.write {
      try $0.execute(sql: "DROP TABLE judgements; DROP TABLE annotations; PRAGMA user_version = 1")
    }
    #expect(try Workspace(path: workspace.path, readOnly: true).annotations(of: run) == [])
    let again = try Workspace(path: workspace.path)
    try again.annotate(run: run, Annotation(.bookmark, at: 1))
    #expect(try again.annotations(of: run).count == 1)
    #expect(try again.verify(run: run).problems == [])
  }

  @Test func aLaterVersionsKindsAreLeftOut() throws {
    try workspace.write {
      try $0.execute(sql: "INSERT INTO annotations SELECT row, 'hologram', 1, '' FROM runs")
    }
    #expect(try workspace.annotations(of: run) == [])
  }
}
