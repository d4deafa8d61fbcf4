import Foundation
import Testing

/// Terminals on which the explorer cannot start, and arguments that only it uses.
@Suite(.ownThread)
struct BadTerminalTests {
  /// What precedes the program, its options, its exit code and a part of its line.
  @Test(arguments: [
    ("env -u TERM", "", 2, "TERM"),
    ("env TERM=", "", 2, "TERM"),
    ("env TERM=bogus-9", "", 2, "bogus-9"),
    ("env", "--theme nothing", 2, "nothing"),
    ("env", "--problem nothing", 2, "nothing"),
    ("env", "--run nothing", 1, "nothing"),
  ])
  func isSaidOnAnUntouchedScreen(_ prefix: String, _ options: String, _ code: Int, _ said: String) throws {
    let session = try ExplorerSession()
    let errors = session.scratch.path("errors")
    let script = try session.scratch.file(
      "run.sh",
      """
      stty -g > \(session.scratch.path("before"))
      \(prefix) \(session.line(options)) 2> \(errors)
      code=$?
      stty -g > \(session.scratch.path("after"))
      echo "ended with $code."
      """)
    try session.terminal.command("sh \(script)")
    try session.terminal.wait("the end") { $0.contains("ended with \(code).") }
    #expect(try session.terminal.modes() == "001")
    let text = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(text.hasPrefix("etascope: ") && text.contains(said), "\(text)")
    let before = try #require(FileManager.default.contents(atPath: session.scratch.path("before")))
    #expect(!before.isEmpty && FileManager.default.contents(atPath: session.scratch.path("after")) == before)
    #expect(text.hasSuffix("\n") && Program.isHarmless(text.dropLast()), "\(text)")
  }
}
