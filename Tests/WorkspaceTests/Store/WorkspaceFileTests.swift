import Foundation
import GRDB
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

@Suite struct WorkspaceFileTests {
  private func message(_ path: String, readOnly: Bool = false) -> String {
    do {
      _ = try Workspace.forTests(path, readOnly: readOnly)
      return "opened"
    } catch {
      return "\(error)"
    }
  }

  @Test func makesItsFolderAndOpensAgain() throws {
    let scratch = try Scratch()
    let path = scratch.file("a/b/w.sqlite")
    try Workspace.forTests(path).save([LoadedProblem(problem: ScriptedDriver.sum, extra: #"{"n":1e400}"#)])
    let again = try Workspace.forTests(path)
    #expect(try again.problems() == [LoadedProblem(problem: ScriptedDriver.sum, extra: #"{"n":1e400}"#)])
    #expect(try again.integrityProblems() == [])
    // The marks by which other programs, and later versions, know the file: at bytes 60 and 68 of the header.
    try again.write { try $0.execute(sql: "DELETE FROM problems") }
    let head = [UInt8](try scratch.bytes("a/b/w.sqlite").prefix(72))
    #expect(head[60...63] == [0, 0, 0, 7] && head[68...71] == [0x65, 0x74, 0x61, 0x73])
  }

  @Test func saveReplacesByID() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    try workspace.save([LoadedProblem(problem: Problem(id: "a", question: "old"), extra: "{}")])
    try workspace.save([
      LoadedProblem(problem: Problem(id: "b", question: "two")),
      LoadedProblem(problem: Problem(id: "a", question: "new")),
    ])
    #expect(try workspace.problems().map(\.problem.question) == ["new", "two"])
    #expect(try workspace.problem("a")?.extra == nil)
    #expect(try workspace.problem("c") == nil)
  }

  private static let foreign = [
    "text": Array("This is no database, only a text that somebody wants to keep.\n".utf8),
    "short": Array("SQLite".utf8),
    "noise": (0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) },
  ]

  @Test(arguments: ["text", "short", "noise"]) func filesThatAreNoDatabaseAreKept(_ name: String) throws {
    let bytes = try #require(Self.foreign[name])
    let scratch = try Scratch()
    let path = try scratch.write(name, bytes)
    for readOnly in [true, false] {
      #expect(
        message(path, readOnly: readOnly)
          == "\(path): expected a workspace, found a file that is no SQLite database; it is kept as it is")
    }
    #expect(try scratch.bytes(name) == Data(bytes))
  }

  @Test func aFolderIsNoWorkspace() throws {
    let scratch = try Scratch()
    #expect(message(scratch.path) == "\(scratch.path): expected a workspace file, found a folder")
  }

  /// Neither waited for nor read without end.
  @Test func whatIsNoFileIsNoWorkspace() throws {
    let scratch = try Scratch()
    #expect(mkfifo(scratch.file("pipe"), 0o600) == 0)
    for path in [scratch.file("pipe"), "/dev/zero", "/dev/null"] {
      for readOnly in [true, false] {
        #expect(
          message(path, readOnly: readOnly) == "\(path): expected a workspace file, found a device or a pipe")
      }
    }
  }

  /// A closed workspace with a run in it, as bytes.
  private func workspaceBytes(_ change: String = "") throws -> [UInt8] {
    let scratch = try Scratch()
    do {
      let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
      _ = try ScriptedDriver.run(in: workspace)
      if !change.isEmpty { try workspace.write { try $0.execute(sql: change) } }
    }
    return [UInt8](try scratch.bytes("w.sqlite"))
  }

  @Test func anotherProgramsDatabaseIsKept() throws {
    let scratch = try Scratch()
    let bytes = try workspaceBytes("PRAGMA application_id = 1")
    let path = try scratch.write("w.sqlite", bytes)
    #expect(
      message(path) == "\(path): expected a workspace, found another program's database; it is kept as it is")
    #expect(try scratch.bytes("w.sqlite") == Data(bytes))
  }

  @Test func aNewerWorkspaceIsKept() throws {
    let scratch = try Scratch()
    let bytes = try workspaceBytes("PRAGMA user_version = 8")
    let path = try scratch.write("w.sqlite", bytes)
    #expect(
      message(path)
        == "\(path): the workspace was written by a newer etascope (its version is 8, this program knows 7); "
        + "it is kept as it is")
    #expect(try scratch.bytes("w.sqlite") == Data(bytes))
  }

  @Test func aTruncatedWorkspaceIsKept() throws {
    let scratch = try Scratch()
    let bytes = Array(try workspaceBytes().dropLast(4096 * 3))
    let path = try scratch.write("w.sqlite", bytes)
    #expect(
      message(path) == "\(path): the workspace is damaged (database disk image is malformed); it is kept as it is")
    #expect(try scratch.bytes("w.sqlite") == Data(bytes))
  }

  @Test func overwrittenPagesAreFoundAndKept() throws {
    let scratch = try Scratch()
    var bytes = try workspaceBytes()
    for index in 4096..<bytes.count { bytes[index] = 0xA5 }
    let path = try scratch.write("w.sqlite", bytes)
    #expect(
      message(path) == "\(path): the workspace is damaged (database disk image is malformed); it is kept as it is")
    #expect(try scratch.bytes("w.sqlite") == Data(bytes))
  }

  @Test func readingNeedsAFile() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    #expect(message(path, readOnly: true) == "\(path): there is no workspace")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// As whoever is killed while making one leaves it: a page of SQLite's and no table.
  @Test func oneThatWasNeverMadeIsNoneAndIsMadeByTheNext() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE a(b); DROP TABLE a") }
    #expect(try scratch.bytes("w.sqlite").count > 0)
    #expect(message(path, readOnly: true) == "\(path): there is no workspace")
    _ = try Workspace.forTests(path)
    #expect(try Workspace.forTests(path, readOnly: true).runs().isEmpty)
  }

  @Test func readingDoesNotWrite() throws {
    let scratch = try Scratch()
    let path = try scratch.write("w.sqlite", try workspaceBytes())
    let before = try scratch.bytes("w.sqlite")
    do {
      let workspace = try Workspace.forTests(path, readOnly: true)
      #expect(try workspace.runs().map(\.totals.simulations) == [3])
      let id = try workspace.runs()[0].id
      let refusal = "\(path): the workspace cannot be written: it was opened for reading only"
      #expect { try workspace.createRun(ScriptedDriver.header()) } throws: { "\($0)" == refusal }
      #expect { try workspace.writer(of: id) } throws: { "\($0)" == refusal }
      #expect { try workspace.commit(run: id, node: NodeID(3)) } throws: { "\($0)" == refusal }
    }
    #expect(try scratch.bytes("w.sqlite") == before)
  }

  /// A folder in which even the superuser cannot make files.
  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let scratch = try Scratch()
    let file = try scratch.write("file", [1])
    let path = file + "/w.sqlite"
    #expect(message(path) == "\(path): the workspace cannot be written: Not a directory")
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func readOnlyFoldersAndFilesAreNamed() throws {
    let scratch = try Scratch()
    let path = try scratch.write("w.sqlite", try workspaceBytes())
    chmod(path, 0o444)
    #expect(message(path) == "\(path): the workspace cannot be written: Permission denied")
    chmod(path, 0o644)
    chmod(scratch.path, 0o555)
    defer { chmod(scratch.path, 0o755) }
    #expect(message(path) == "\(path): the workspace cannot be written: Permission denied")
    #expect(try Workspace.forTests(path, readOnly: true).runs().count == 1)
  }

  @Test func controlCharactersInPathsStayOutOfMessages() throws {
    let scratch = try Scratch()
    #expect(message(scratch.file("a\u{1B}[2J"), readOnly: true).hasSuffix("/a␛[2J: there is no workspace"))
  }

  /// Eight openings of one new file at once: one makes the tables, the others find them.
  @Test func manyMayOpenANewFileAtOnce() async throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { _ = try Workspace.forTests(path).createRun(ScriptedDriver.header()) } }
      try await group.waitForAll()
    }
    #expect(try Workspace.forTests(path).runs().count == 8)
  }

  /// Another program that comes and goes must not take the write-ahead log from under us, however often this process has opened
  /// the file.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func anotherOpeningKeepsTheLocks() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let first = try Workspace.forTests(path)
    _ = try ScriptedDriver.run(in: first)
    // Opened again here, and closed: by the same process.
    _ = try Workspace.forTests(path).runs()
    let visitor = Process()
    visitor.executableURL = URL(filePath: "/usr/bin/python3")
    visitor.arguments = [
      "-c",
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT COUNT(*) FROM runs').fetchall(); c.close()",
      path,
    ]
    try visitor.run()
    visitor.waitUntilExit()
    #expect(visitor.terminationStatus == 0)
    #expect(FileManager.default.fileExists(atPath: path + "-wal"), "the log is still ours")
    let (id, _) = try ScriptedDriver.run(in: first)
    #expect(try Workspace.forTests(path).run(id).id == id)
  }
}
