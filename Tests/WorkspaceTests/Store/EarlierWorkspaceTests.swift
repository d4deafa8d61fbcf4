import Foundation
import GRDB
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// A workspace that the version before verdicts wrote (as SQL text, made with its explorer and its `dataset undo`), opened
/// by this one.
@Suite struct EarlierWorkspaceTests {
  /// What the commit form of that version wrote, and what it says.
  private static let spoken: [(verdict: Judgement.Verdict?, note: String, isActive: Bool)] = [
    (.good, "neat", true), (.bad, "slips: at the end", true), (.bad, "", true),
    (nil, "interesting: the packs", false), (.unsure, "which packs?", true), (.good, "own line", true),
    (.good, "first wrong step labelled", true),
  ]

  /// The workspace as a file of its own.
  private func earlier() throws -> (scratch: Scratch, path: String) {
    let scratch = try Scratch()
    let sql = try Self.fixture("workspace.sql")
    let path = scratch.file("w.sqlite")
    try DatabaseQueue(path: path).writeWithoutTransaction { db in try db.execute(sql: sql) }
    return (scratch, path)
  }

  private static func fixture(_ name: String) throws -> String {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    return try String(contentsOf: folder.appendingPathComponent("Version2/" + name), encoding: .utf8)
  }

  private func expectSpoken(_ log: CommitLog) {
    #expect(log.commits.map(\.judgement.verdict) == Self.spoken.map(\.verdict))
    #expect(log.commits.map(\.judgement.note) == Self.spoken.map(\.note))
    #expect(log.commits.map(\.isActive) == Self.spoken.map(\.isActive))
    #expect(log.commits.allSatisfy { $0.judgement.who == $0.entry.who })
    #expect(log.commits.last?.judgement.steps == [6: .bad])
  }

  @Test func opensMigratesAndVerifies() throws {
    let (scratch, path) = try earlier()
    let before = try Workspace.forTests(path, readOnly: true).commitLog()
    let workspace = try Workspace.forTests(path)
    let log = try workspace.commitLog()
    expectSpoken(log)
    #expect(try workspace.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 7)
    // The log itself is what it was, to the byte: the chain of ids holds.
    #expect(log.entries == before.entries)
    #expect(try workspace.verifyCommits() == [])
    #expect(try workspace.verify(run: "story").problems == [])
    #expect(try workspace.integrityProblems() == [])
    #expect(try Workspace.forTests(path).commitLog() == log)
    #expect(try workspace.notes(of: workspace.runs()[0].id).count == 3)
    withExtendedLifetime(scratch) {}
  }

  @Test func readingAloneGivesTheSameView() throws {
    let (scratch, path) = try earlier()
    let bytes = try scratch.bytes("w.sqlite")
    let log = try Workspace.forTests(path, readOnly: true).commitLog()
    expectSpoken(log)
    #expect(try Workspace.forTests(path, readOnly: true).verifyCommits() == [])
    #expect(try scratch.bytes("w.sqlite") == bytes)
    #expect(try Workspace.forTests(path).commitLog() == log)
  }

  @Test func aNoteWrittenNowIsANote() throws {
    let (scratch, path) = try earlier()
    let workspace = try Workspace.forTests(path)
    let run = try workspace.runs()[0].id
    let entry = try workspace.commit(run: run, node: NodeID(3), judgement: Judgement(note: "bad: no, only a note"))
    let last = try #require(try workspace.commitLog().commits.last)
    #expect(last.entry == entry)
    #expect(last.judgement == Judgement(note: "bad: no, only a note", who: "ada"))
    #expect(try workspace.verifyCommits() == [])
    withExtendedLifetime(scratch) {}
  }

  @Test(
    arguments: [
      ("good", .good, ""), ("Good: x", .good, "x"), (" BAD : a: b", .bad, "a: b"), ("wrong", .bad, ""),
      ("unsure: ", .unsure, ""), ("good:x", nil, ""), ("goodness: x", nil, ""), ("a good: x", nil, ""), ("", nil, ""),
      ("x: bad", nil, ""),
    ] as [(String, Judgement.Verdict?, String)])
  func aWordInFrontOfANoteIsAVerdict(_ note: String, _ verdict: Judgement.Verdict?, _ rest: String) throws {
    let spoken = JudgementRecord.spoken(in: note)
    #expect(spoken?.verdict == verdict)
    if verdict != nil { #expect(spoken?.rest == rest) }
  }

  @Test func judgementsAreAppendOnlyAndChecked() throws {
    let (scratch, path) = try earlier()
    let workspace = try Workspace.forTests(path)
    for sql in [
      "DELETE FROM judgements", "UPDATE judgements SET verdict = 'good'",
      "INSERT INTO judgements VALUES (9, 'x', 'good', '', 'w', 't')",
    ] {
      #expect { try workspace.write { try $0.execute(sql: sql) } } throws: {
        "\($0)".contains("judgements are append-only")
      }
    }
    #expect(try workspace.verifyCommits() == [])
    try workspace.write { db in
      try db.execute(sql: "DROP TRIGGER judgements_are_never_changed; DROP TRIGGER judgements_are_never_deleted")
    }
    let second = try workspace.commitLog().entries[1].id
    try workspace.write { try $0.execute(sql: "UPDATE judgements SET verdict = 'good' WHERE sequence = 2") }
    #expect(try workspace.verifyCommits() == ["judgement 2: it does not say what the note of \(second) says"])
    try workspace.write { try $0.execute(sql: "UPDATE judgements SET entry = 'x' WHERE sequence = 2") }
    #expect(try workspace.verifyCommits() == ["judgement 2: it is of x, which is no commit"])
    try workspace.write { try $0.execute(sql: "UPDATE judgements SET verdict = 'fair' WHERE sequence = 2") }
    let word = "\(path): judgement 2 is damaged: expected good, bad or unsure, found 'fair'"
    #expect(try workspace.verifyCommits() == [word])
    try workspace.write { try $0.execute(sql: "DELETE FROM judgements WHERE sequence = 2") }
    #expect(try workspace.verifyCommits() == ["\(path): judgement 2 is missing"])
    withExtendedLifetime(scratch) {}
  }

  /// Whoever takes the workspace over takes its judgements too, from an earlier version and from this one; once.
  @Test(arguments: [true, false]) func importsBringTheJudgementsAlong(_ isMigrated: Bool) throws {
    let (scratch, path) = try earlier()
    if isMigrated { _ = try Workspace.forTests(path) }
    let target = try Workspace.forTests(scratch.file("target.sqlite"))
    for _ in 0..<2 { _ = try WorkspaceImport(from: [path]).write(into: target) }
    expectSpoken(try target.commitLog())
    #expect(try target.commitLog().judgements.count == 6)
    #expect(try target.verifyCommits() == [])
  }

  /// What that version exported comes out again to the byte, the new columns apart, where no rule has changed.
  @Test(arguments: [DatasetFormat.promptCompletion, .conversational, .preference, .stepwise])
  func exportsAreWhatTheyWere(_ format: DatasetFormat) throws {
    let (scratch, path) = try earlier()
    let log = try Workspace.forTests(path).commitLog()
    let before = try Self.fixture("\(format).jsonl").split(separator: "\n").map(String.init)
    let export = String(decoding: try DatasetExport(log, format: format).data, as: UTF8.self)
    let now = export.split(separator: "\n").map {
      String($0).replacing(#/"note":"[^"]*",/#, with: "", maxReplacements: 1)
        .replacing(#/"verdict":(null|"[a-z]*"),/#, with: "", maxReplacements: 1)
    }
    func lines(_ lines: [String], of commit: Int) -> [String] {
      lines.filter { $0.contains(#""commit":"\#(log.commits[commit - 1].id)""#) }
    }
    // The sixth is a good path that no rule has anything to say of.
    #expect(!lines(before, of: 6).isEmpty)
    #expect(lines(now, of: 6) == lines(before, of: 6))
    // The first and the seventh go through a step that the seventh calls bad: what is imitated ends before it.
    // The second and the third are judged bad, the fourth is undone, of the fifth nobody is sure.
    switch format {
    case .promptCompletion, .conversational:
      #expect(now.count == 3)
      for commit in [1, 7] {
        #expect(lines(now, of: commit).count == 1)
        #expect(lines(now, of: commit).allSatisfy { $0.contains(#""node":3,"#) })
      }
    case .preference:
      for commit in [1, 7] {
        // The forks before the step are what they were; at the step itself the person's own line is better now.
        #expect(lines(now, of: commit).prefix(2) == lines(before, of: commit)[...])
      }
      let step = lines(now, of: 7).dropFirst(2).map { $0.contains(#""rejected":"Omar has 46 - 2"#) }
      #expect(step == [true])
      for commit in 2...5 { #expect(lines(now, of: commit).allSatisfy { !lines(before, of: commit).contains($0) }) }
    case .stepwise:
      for commit in [3, 7] { #expect(lines(now, of: commit) == lines(before, of: commit)) }
      for commit in [1, 2] { #expect(lines(now, of: commit)[0].contains(#"["prm","prm","prm","human"]"#)) }
      #expect(lines(now, of: 5).isEmpty)
    default: Issue.record("\(format) has no fixture")
    }
    withExtendedLifetime(scratch) {}
  }
}
