import Foundation
import Testing
import Workspace

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

  /// What a person decided must not go where nobody finds it.
  @Test(arguments: ["deleted", "replaced"]) func aWorkspaceThatIsLostMeanwhile(_ how: String) throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 250)
    try session.terminal.command("clear; \(session.line()); echo \"ended with $?.\"")
    try session.wait("the explorer") { $0.isQuiet }
    try session.step(3)
    if how == "deleted" {
      for name in ["", "-wal", "-shm"] { unlink(session.workspace + name) }
    } else {
      let other = session.scratch.path("other.sqlite")
      #expect(try search(other, try Scratch()).code == 0)
      rename(other, session.workspace)
    }
    try session.terminal.press("b", "c")
    try session.wait("the commit form") { $0.text.contains("Enter commits") }
    try session.terminal.press("Enter")
    let said = how == "deleted" ? "has been deleted while it was open" : "has been replaced by another file"
    try session.wait("the message") { $0.text.replacing("\n", with: "").contains(said) }
    try session.terminal.press("Escape", "q")
    // Wherever a long path breaks the line.
    let screen = try session.terminal.wait("the end") { $0.contains("ended with 1.") }.replacing("\n", with: "")
    #expect(screen.contains(said) && screen.contains(".saved-1"))
    let saved = session.workspace + ".saved-1"
    #expect(try Program.run(["run", "verify", "--workspace", saved]).code == 0)
    #expect(try Program.run(["run", "list", "--json", "--workspace", saved]).object?["simulations"] as? Int == 3)
  }

  /// A run that cannot be read is named, and the others are listed.
  @Test func oneBadRunHidesNoOther() throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    for seed in ["1", "2"] {
      let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
      let result = try Program.run([
        "search", problem, "--workspace", path, "--simulations", "3", "--seed", seed,
      ])
      try #require(result.code == 0)
    }
    var data = try Data(contentsOf: URL(filePath: path))
    // In the totals, which stand in the row of a run and nowhere else.
    let totals = try #require(data.range(of: Data(#""simulations":"#.utf8)))
    data.replaceSubrange(totals, with: Data(#""sjmulations":"#.utf8))
    try data.write(to: URL(filePath: path))
    let list = try Program.run(["run", "list", "--workspace", path])
    #expect(list.code == 1 && list.lines.count == 1)
    #expect(list.errors.contains("the totals are damaged") && list.errors.contains("1 of 2 runs cannot be read"))
    let verified = try Program.run(["run", "verify", "--workspace", path])
    #expect(verified.code == 1 && verified.output.contains("agrees") && verified.output.contains("DIFFERS"))
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    #expect(try Program.run(["search", problem, "--workspace", path, "--simulations", "3", "--seed", "3"]).code == 0)
    #expect(try Program.run(["doctor", "--workspace", path]).output.contains("the totals are damaged"))
  }

  @Test func aDamagedRoundHidesNoOther() throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    let workspace = try Workspace(path: path)
    for (series, plan) in [("bad", "no plan"), ("good", "{}")] {
      _ = try workspace.createRound(series: series, plan: Data(plan.utf8))
    }
    try workspace.finish()
    let list = try Program.run(["round", "list", "--workspace", path])
    #expect(list.code == 1 && list.lines.count == 1 && list.output.hasPrefix("good-1"), "\(list.output)")
    #expect(list.errors.contains("round bad-1: its plan is damaged"), "\(list.errors)")
    #expect(
      list.errors.contains("1 of 2 rounds cannot be read") && Program.isHarmless(list.errors.replacing("\n", with: "")))
  }
}
