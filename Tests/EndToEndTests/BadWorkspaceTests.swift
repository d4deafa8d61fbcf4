import Foundation
import Testing

/// Workspaces that cannot be read or written; none of them is ever overwritten.
@Suite(.ownThread)
struct BadWorkspaceTests {
  private func search(_ workspace: String, _ scratch: Scratch) throws -> Program.Outcome {
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    return try Program.run(["search", problem, "--workspace", workspace, "--simulations", "3"])
  }

  /// Nobody can write here, whoever they are.
  @Test(arguments: ["/proc/etascope/w.sqlite", "/dev/null/w.sqlite"])
  func aPlaceThatCannotBeWritten(_ path: String) throws {
    let result = try search(path, try Scratch())
    #expect(result.code == 1)
    #expect(result.message?.hasPrefix("etascope: \(path): the workspace cannot be written: ") == true)
  }

  @Test func aFolderInsteadOfAFile() throws {
    let scratch = try Scratch()
    let result = try search(scratch.url.path(percentEncoded: false), scratch)
    #expect(result.code == 1)
    #expect(result.message?.contains("expected a workspace file, found a folder") == true)
  }

  @Test func anotherProgramsFileIsKept() throws {
    let scratch = try Scratch()
    let text = String(repeating: "not a database\n", count: 500)
    let path = try scratch.file("w.sqlite", text)
    for arguments in [["run", "list"], ["dataset", "list"], ["run", "verify"]] {
      let result = try Program.run(arguments + ["--workspace", path])
      #expect(result.code == 1)
      #expect(result.message?.contains(path) == true)
    }
    #expect(try search(path, scratch).code == 1)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test(arguments: [0, 20, 4096])
  func aDamagedWorkspaceIsKept(_ offset: Int) throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    try #require(try search(path, scratch).code == 0)
    var data = try Data(contentsOf: URL(filePath: path))
    try #require(data.count > offset + 8192)
    data.replaceSubrange(offset..<offset + 4096, with: Data(repeating: 0xA5, count: 4096))
    try data.write(to: URL(filePath: path))
    let result = try search(path, scratch)
    #expect(result.code == 1)
    #expect(result.message?.hasPrefix("etascope: \(path): ") == true, "\(result.errors)")
    #expect(try Data(contentsOf: URL(filePath: path)) == data, "the damaged file is as it was")
  }

  @Test func aDamagedJournalIsFoundByVerify() throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    try #require(try search(path, scratch).code == 0)
    var data = try Data(contentsOf: URL(filePath: path))
    let event = try #require(data.range(of: Data(#""backedUp":"#.utf8)))
    data.replaceSubrange(event, with: Data(#""backedUq":"#.utf8))
    try data.write(to: URL(filePath: path))
    let result = try Program.run(["run", "verify", "--workspace", path])
    #expect(result.code == 1)
    #expect(result.output.contains("DIFFERS"))
  }

  @Test func aMissingWorkspaceIsNotMadeByReading() throws {
    let scratch = try Scratch()
    let path = scratch.path("none.sqlite")
    let result = try Program.run(["run", "list", "--workspace", path])
    #expect(result.code == 1)
    #expect(result.message?.hasPrefix("etascope: \(path): ") == true)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func anUnknownRun() throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    try #require(try search(path, scratch).code == 0)
    for action in ["show", "export", "verify"] {
      let result = try Program.run(["run", action, "no\u{1B}[2Jsuch", "--workspace", path])
      #expect(result.code == 1)
      #expect(result.message?.contains("there is no run") == true)
    }
  }
}
