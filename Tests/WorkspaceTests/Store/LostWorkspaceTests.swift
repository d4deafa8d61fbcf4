import Foundation
import Testing
import TreeSearch

@testable import Workspace

/// A file that is taken away, replaced or cut while it is open: the next thing that is written says so, and the end does.
@Suite struct LostWorkspaceTests {
  private let scratch: Scratch
  private let path: String
  private let workspace: Workspace
  private let run: String

  init() throws {
    scratch = try Scratch()
    path = scratch.file("w.sqlite")
    workspace = try Workspace.forTests(path)
    run = try ScriptedDriver.run(in: workspace).id
    try workspace.finish()
  }

  private static let losses: [(loss: String, said: String, isSaved: Bool, harm: @Sendable (String) throws -> Void)] = [
    ("deleted", "has been deleted", true, { unlink($0) }),
    ("moved", "has been deleted", true, { rename($0, $0 + ".moved") }),
    (
      "replaced", "has been replaced by another file", true,
      {
        let other = $0 + ".other"
        try Data(contentsOf: URL(filePath: $0)).write(to: URL(filePath: other))
        rename(other, $0)
      }
    ),
    ("emptied", "has been cut short", false, { truncate($0, 0) }),
    ("without its log", "has lost its log, which has been deleted,", true, { unlink($0 + "-wal") }),
    ("with an emptied log", "has lost what was in its log, which was cut short,", false, { truncate($0 + "-wal", 0) }),
    ("with a cut log", "has lost what was in its log, which was cut short,", false, { truncate($0 + "-wal", 5000) }),
  ]

  @Test(arguments: losses.indices) func theNextThingWrittenSaysSo(_ index: Int) throws {
    let (loss, said, _, harm) = Self.losses[index]
    // So that the file is longer than it can become by one write.
    try harm(path)
    do {
      try workspace.commit(run: run, node: NodeID(3))
      Issue.record("\(loss): a commit was taken")
    } catch let error as WorkspaceError {
      #expect(error.description.contains(said) || loss.contains("log") || loss == "emptied", "\(loss): \(error)")
      #expect([.lost, .unwritable, .damaged].contains(error.kind), "\(loss): \(error)")
    }
  }

  @Test(arguments: losses.indices) func theEndSaysSo(_ index: Int) throws {
    let (loss, said, isSaved, harm) = Self.losses[index]
    try harm(path)
    do {
      try workspace.finish()
      Issue.record("\(loss): the end was well")
    } catch let error as WorkspaceError {
      #expect(error.kind == .lost && error.description.hasPrefix("\(path): the workspace \(said)"), "\(loss): \(error)")
      guard isSaved else { return }
      let copy = path + ".saved-1"
      #expect(error.description.hasSuffix("what it held is saved as \(copy): move that to \(path)"))
      let saved = try Workspace.forTests(copy, readOnly: true)
      #expect(try saved.runs().map(\.id) == [run] && saved.verify(run: run).ok)
    }
  }

  /// What other programs may do to a file by SQLite's rules is no loss.
  @Test func whatIsDoneByTheRulesIsNoLoss() throws {
    let other = try Workspace.forTests(path)
    for _ in 1...20 { _ = try ScriptedDriver.run(in: other) }
    try workspace.commit(run: run, node: NodeID(3))
    try other.write { try $0.execute(sql: "DELETE FROM events WHERE key > 1 << 33") }
    for sql in ["PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
      let visitor = try Program.sqlite(sql, path)
      #expect(visitor)
      try workspace.finish()
      try workspace.commit(run: run, node: NodeID(3))
    }
    try workspace.finish()
  }

  /// Another program that opens the file by SQLite.
  private enum Program {
    static func sqlite(_ sql: String, _ path: String) throws -> Bool {
      let visitor = Process()
      visitor.executableURL = URL(filePath: "/usr/bin/python3")
      visitor.arguments = [
        "-c",
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[2], isolation_level=None); c.execute(sys.argv[1]).fetchall()",
        sql, path,
      ]
      try visitor.run()
      visitor.waitUntilExit()
      return visitor.terminationStatus == 0
    }
  }
}
