import Foundation
import GRDB
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

/// Workspaces merged into one.
struct ImportTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A workspace whose clock stands `seconds` after the new year.
  private func workspace(_ name: String, at seconds: Double = 0) throws -> Workspace {
    try Workspace(
      path: scratch.file(name), author: "ada", now: { Date(timeIntervalSince1970: 1_767_225_600 + seconds) })
  }

  private func problem(_ id: String) -> Problem { Problem(id: id, question: "What is 2 + 3?", answer: "5") }

  @discardableResult
  private func take(_ sources: Workspace..., into target: Workspace) throws -> [ImportReport] {
    try WorkspaceImport(from: sources.map(\.path)).write(into: target)
  }

  /// Everything in a workspace.
  private func content(_ workspace: Workspace) throws -> [String] {
    try workspace.read { db in
      try ["problems", "runs", "events", "commits", "annotations"].flatMap { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table): \($0)" }
      }
    }
  }

  private func expectWhole(_ workspace: Workspace) throws {
    for run in try workspace.runs() { #expect(try workspace.verify(run: run.id).problems == []) }
    #expect(try workspace.verifyCommits() == [])
    #expect(try workspace.integrityProblems() == [])
  }

  @Test func twoShardsBecomeOneWorkspace() throws {
    let (a, b, target) = (try workspace("a", at: 1), try workspace("b", at: 2), try workspace("t", at: 3))
    let one = try ScriptedDriver.run(in: a, problem("one"))
    let two = try ScriptedDriver.run(in: b, problem("two"), simulations: 2)
    try b.save([LoadedProblem(problem: problem("unsearched"), extra: #"{"level":3}"#)])
    let reports = try take(a, b, into: target)
    #expect(reports.map(\.source) == [a.path, b.path])
    #expect(reports.map { $0.count(.new) } == [1, 1])
    for (source, id) in [(a, one.id), (b, two.id)] {
      #expect(try target.events(of: id) == source.events(of: id))
      let (kept, original) = (try target.run(id), try source.run(id))
      #expect(kept.header == original.header && kept.summary.totals == original.summary.totals)
      #expect(kept.summary.created == original.summary.created && kept.summary.updated == original.summary.updated)
    }
    #expect(try target.problem("unsearched")?.extra == #"{"level":3}"#)
    try expectWhole(target)
  }

  @Test func importingTwiceChangesNothing() throws {
    let (a, target) = (try workspace("a", at: 1), try workspace("t", at: 3))
    // Two searches of one header at one moment, which nothing but their names tells apart.
    let first = try ScriptedDriver.run(in: a)
    let second = try ScriptedDriver.run(in: a)
    try a.commit(run: second.id, node: NodeID(3))
    let fork = try a.fork(run: second.id, at: 9)
    try take(a, into: target)
    let before = try content(target)
    let again = try take(a, into: target)
    #expect(again[0].runs.map(\.run) == [first.id, second.id, fork.id])
    #expect(again[0].count(.known) == 3 && again[0].entries == 0)
    #expect(try content(target) == before)
    try expectWhole(target)
  }

  @Test func aTakenNameBecomesTheNextAndForksAndCommitsFollow() throws {
    let (a, target) = (try workspace("a", at: 1), try workspace("t", at: 3))
    let mine = try ScriptedDriver.run(in: target, simulations: 2)
    let theirs = try ScriptedDriver.run(in: a)
    #expect(mine.id == theirs.id)
    let fork = try a.fork(run: theirs.id, at: 9)
    let commit = try a.commit(run: theirs.id, node: NodeID(3), judgement: Judgement(note: "good"))
    try a.undoCommit(commit.id, note: "not so good")
    let report = try take(a, into: target)[0]
    #expect(report.runs[0] == ImportReport.Run(from: theirs.id, run: theirs.id + "-2", outcome: .new))
    #expect(try target.events(of: mine.id).count < target.events(of: theirs.id + "-2").count)
    let forked = try target.run(report.runs[1].run)
    #expect(forked.header.forkedFrom == ForkOrigin(run: theirs.id + "-2", event: 9))
    #expect(forked.id != fork.id, "a fork is named after its header, which names its parent")
    let commits = try target.commitLog().commits
    #expect(commits.map(\.trajectory.run) == [theirs.id + "-2"])
    #expect(commits.map(\.entry.note) == ["good"] && commits.map(\.entry.who) == ["ada"])
    #expect(commits[0].entry.at == commit.at && commits[0].undoneBy?.note == "not so good")
    let before = try content(target)
    try take(a, into: target)
    #expect(try content(target) == before)
    try expectWhole(target)
  }

  @Test func aRunThatGoesOnGrowsHereToo() throws {
    let (a, target) = (try workspace("a", at: 1), try workspace("t", at: 3))
    var driver = ScriptedDriver()
    let record = try a.createRun(try ScriptedDriver.header())
    var search = Search(header: record.header)
    let writer = try a.writer(of: record.id)
    try writer.append(driver.run(&search, simulations: 1), first: 0, totals: RunTotals(tree: search.tree))
    try take(a, into: target)
    let half = try target.events(of: record.id)
    try writer.append(
      driver.run(&search, simulations: 3), first: half.count, totals: RunTotals(tree: search.tree))
    #expect(try take(a, into: target)[0].runs.map(\.outcome) == [.grown])
    #expect(try target.events(of: record.id) == a.events(of: record.id))
    #expect(try target.run(record.id).summary.totals.simulations == 3)
    // The other way round there is nothing to take.
    let older = try workspace("older", at: 1)
    _ = try older.createRun(record.header)
    #expect(try take(older, into: target)[0].runs.map(\.outcome) == [.known])
    try expectWhole(target)
  }

  @Test func runsThatPartedAreBothKept() throws {
    let (a, target) = (try workspace("a", at: 1), try workspace("t", at: 1))
    let mine = try ScriptedDriver.run(in: target)
    let theirs = try ScriptedDriver.run(in: a, options: ["2 + 3 = 7\n", "5\n"].map { Array($0.utf8) })
    try take(a, into: target)
    try take(a, into: target)
    #expect(try target.runs().map(\.id) == [mine.id, mine.id + "-2"])
    #expect(try target.events(of: mine.id + "-2") == a.events(of: theirs.id))
    try expectWhole(target)
  }

  @Test func aRunThatSomebodyWritesDoesNotGrow() throws {
    let (a, target) = (try workspace("a", at: 1), try workspace("t", at: 1))
    _ = try ScriptedDriver.run(in: a)
    let mine = try target.createRun(try ScriptedDriver.header())
    let writer = try target.writer(of: mine.id)
    let before = try content(target)
    #expect { try take(a, into: target) } throws: { ($0 as? WorkspaceError)?.kind == .busy }
    withExtendedLifetime(writer) {}
    #expect(try content(target) == before)
  }

  @Test(arguments: [
    ("UPDATE events SET event = CAST(replace(CAST(event AS TEXT), '2 + 3', '2 + 4') AS BLOB)", "digest"),
    ("UPDATE events SET event = '{}' WHERE number = 4", "run sum-1"),
    ("DELETE FROM events WHERE number = 4", "event 4 is damaged: it is missing"),
    ("UPDATE runs SET header = '{}'", "the header is damaged"), ("UPDATE runs SET totals = '[]'", "the totals"),
    ("UPDATE runs SET created = 'yesterday'", "a date is damaged"),
    ("UPDATE runs SET fingerprint = 'x', id = '../x'", "does not belong to the fingerprint"),
    ("UPDATE problems SET problem = '1'", "problem sum-1 is damaged"),
    (
      """
      DROP TRIGGER commits_are_never_changed; UPDATE commits SET entry = '{}';
      CREATE TRIGGER commits_are_never_changed BEFORE UPDATE ON commits
        BEGIN SELECT RAISE(ABORT, 'the commit log is append-only'); END
      """, "commit log: "
    ),
    ("DROP TRIGGER commits_are_never_changed", "the trigger 'commits_are_never_changed' is missing"),
    ("PRAGMA user_version = 99", "newer etascope"), ("PRAGMA application_id = 1", "another program's"),
  ])
  func aDamagedSourceIsNamedAndNothingIsTaken(_ damage: String, _ said: String) throws {
    let (good, bad, target) = (try workspace("g", at: 1), try workspace("b", at: 2), try workspace("t", at: 3))
    _ = try ScriptedDriver.run(in: good, problem("one"))
    let (id, _) = try ScriptedDriver.run(in: bad)
    try bad.commit(run: id, node: NodeID(3))
    try bad.write { try $0.execute(sql: damage) }
    let before = try content(target)
    #expect {
      try take(good, bad, into: target)
    } throws: {
      "\($0)".hasPrefix(bad.path + ": ") && "\($0)".contains(said)
    }
    #expect(try content(target) == before)
  }

  @Test func theWorkspaceItselfIsRefused() throws {
    let target = try workspace("t")
    _ = try ScriptedDriver.run(in: target)
    let link = scratch.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target.path)
    #expect { try WorkspaceImport(from: [link]).write(into: target) } throws: { "\($0)".contains("itself") }
  }
}
