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

  @Test(arguments: ["parameters", "themes", "--help", "run export --help"])
  func aReaderThatHasSeenEnoughIsNoFailure(_ arguments: String) throws {
    // The reader is gone before the first byte: it opens the pipe and ends.
    let scratch = try Scratch()
    let result = try Program.shell(
      "mkfifo $1; (exec < $1) & exec 3> $1; wait; $0 \(arguments) >&3", scratch.path("pipe"))
    #expect(result.code == 0)
    #expect(result.errors.isEmpty, "\(result.errors)")
  }

  /// What is not done yet is not done: a script must see that.
  @Test func aSearchThatNobodyReadsIsStopped() throws {
    let scratch = try Scratch()
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let result = try Program.shell(
      "mkfifo $1; (exec < $1) & exec 3> $1; wait; $0 search $2 --workspace $3 --simulations 3 >&3",
      scratch.path("pipe"), problem, scratch.path("w.sqlite"))
    #expect(result.code == 3)
    #expect(!result.errors.contains("standard output"), "\(result.errors)")
    #expect(try Program.run(["run", "verify", "--workspace", scratch.path("w.sqlite")]).code == 0)
  }

  @Test func helpShowsNoNumberThatStandsForNone() throws {
    let result = try Program.run(["run", "export", "--help"])
    #expect(result.code == 0)
    #expect(!result.output.contains("9223372036854775807"))
    #expect(result.output.contains("levels of the tree below its top (default: all)"))
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
