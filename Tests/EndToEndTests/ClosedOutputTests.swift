import Foundation
import Testing

/// Standard output or error that nobody reads.
@Suite(.ownThread)
struct ClosedOutputTests {
  private static let listings = ["themes", "keys", "parameters", "--help", "search --help"]

  @Test(arguments: listings)
  func closedStandardOutputIsAFailureWithAMessage(_ arguments: String) throws {
    let result = try Program.shell("$0 \(arguments) >&-")
    #expect(result.code == 1)
    #expect(result.message?.contains("standard output cannot be written: ") == true, "\(result.errors)")
  }

  @Test(arguments: listings)
  func aFullDiskIsAFailureWithAMessage(_ arguments: String) throws {
    let result = try Program.shell("$0 \(arguments) > /dev/full")
    #expect(result.code == 1)
    #expect(result.message == "etascope: standard output cannot be written: No space left on device")
  }

  @Test func aClosedPipeIsAFailureWithAMessage() throws {
    // The reader is gone before the first byte: it opens the pipe and ends.
    let scratch = try Scratch()
    let result = try Program.shell(
      "mkfifo $1; (exec < $1) & exec 3> $1; wait; $0 parameters >&3", scratch.path("pipe"))
    #expect(result.code == 1)
    #expect(result.message == "etascope: standard output cannot be written: Broken pipe")
  }

  /// Results must never be written into whatever file happens to get the free number.
  @Test func aSearchWithoutStandardOutputKeepsItsWorkspaceWhole() throws {
    let scratch = try Scratch()
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let result = try Program.shell(
      "$0 search $1 --workspace $2 --simulations 3 <&- >&-", problem, scratch.path("w.sqlite"))
    #expect(result.code == 1)
    #expect(result.message?.contains("standard output cannot be written: ") == true)
    #expect(try Program.run(["run", "verify", "--workspace", scratch.path("w.sqlite")]).code == 0)
  }

  @Test(arguments: ["2>&-", "2> /dev/full"])
  func aMessageThatCannotBeSaidIsLost(_ redirection: String) throws {
    let scratch = try Scratch()
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let good = try Program.shell(
      "$0 search $1 --workspace $2 --simulations 3 \(redirection)", problem, scratch.path("w.sqlite"))
    #expect(good.code == 0)
    #expect(good.lines.count == 1)
    #expect(try Program.shell("$0 search nothing --workspace $1 \(redirection)", scratch.path("w.sqlite")).code == 1)
  }
}
