import Foundation
import Testing

/// Texts that would drive a terminal if they reached it as they are.
@Suite(.ownThread)
struct HostileTextTests {
  /// Sets a title, a device control string, colours, NUL, a reversed direction, and a line that never ends.
  private static let question =
    #"A\u001b]0;PWNED\u0007B \u001bP1;2qPAYLOAD\u001b\\ C\u0000D \u202eRTL\u2066 \u001b[31mred\u009b2J how many?"#
  private static let line =
    #"{"id": "hostile-1", "question": ""# + question + #"", "answer": "\u001b[2J7", "source": "\u001bc"}"#

  /// Strings that only the text could have brought into the terminal's input.
  private func expectHarmless(_ recorded: Data) {
    // The explorer names the window itself, by a problem's id; nothing else may.
    let log = Self.withoutTitles(recorded)
    let texts = ["\u{1B}]0;PWNED", "\u{1B}P1;2q", "\u{1B}[31mred", "\u{1B}[2J7", "\u{202E}", "\u{2066}", "\u{9B}"]
    for text in texts {
      #expect(log.range(of: Data(text.utf8)) == nil, "\(text.debugDescription) reached the terminal")
    }
    #expect(!log.contains(0), "NUL reached the terminal")
    #expect(log.range(of: Data([0x1B, 0x50])) == nil, "a device control string reached the terminal")
    #expect(log.range(of: Data([0x1B, 0x5D])) == nil, "an operating system command reached the terminal")
  }

  private static func withoutTitles(_ log: Data) -> Data {
    var rest = log
    for id in ["", " hostile-1", " story-1", " long-1"] {
      while let title = rest.range(of: Data("\u{1B}]2;etascope\(id)\u{7}".utf8)) { rest.removeSubrange(title) }
    }
    return rest
  }

  @Test func aQuestionIsShownWithReplacements() throws {
    let session = try ExplorerSession(Self.line)
    try session.terminal.record(to: session.scratch.path("log"))
    try session.open()
    let shown = try session.step(3)
    #expect(shown.row("hostile-1")?.contains("A\u{FFFD}]0;PWNED") == true)
    try session.terminal.press("Tab", "Tab")
    try session.quit()
    let log = try #require(FileManager.default.contents(atPath: session.scratch.path("log")))
    #expect(log.range(of: Data("PWNED".utf8)) != nil, "the screen was recorded")
    expectHarmless(log)
  }

  @Test func aPastedOptionIsShownWithReplacements() throws {
    let session = try ExplorerSession()
    try session.open()
    try session.terminal.record(to: session.scratch.path("log"))
    try session.terminal.press("i")
    try session.wait("the text field") { $0.text.contains("Your option below node 0") }
    // A paste cannot hold the bytes that end it; broken UTF-8 stands among them.
    try session.terminal.paste(
      Array("pasted \u{1B}]0;PWNED\u{7} \u{202E}RTL \u{1B}P1;2qPAYLOAD".utf8) + [0x20, 0xFF, 0xFE]
        + Array(" 5 * 5 = 25".utf8))
    try session.terminal.press("Enter")
    try session.wait("the option scored") { $0.row("pasted") != nil && $0.simulations == 1 && $0.isQuiet }
    try session.quit()
    expectHarmless(try #require(FileManager.default.contents(atPath: session.scratch.path("log"))))
    let run = try #require(try session.program("run", "list", "--json").object?["run"] as? String)
    expectHarmlessLines(try session.program("run", "show", run))
  }

  @Test func aLineOfAMegabyteIsShownAndSearched() throws {
    let long = String(repeating: "pears and \\u001b[31m ", count: 52_000)
    let session = try ExplorerSession(#"{"id": "long-1", "question": ""# + long + #"how many?"}"#)
    try session.terminal.record(to: session.scratch.path("log"))
    let opened = try session.open()
    #expect(opened.row("long-1")?.contains("pears and") == true)
    try session.quit()
    let log = try #require(FileManager.default.contents(atPath: session.scratch.path("log")))
    expectHarmless(log)
    #expect(log.count < 100_000, "\(log.count) bytes were painted for one screen")
  }

  @Test func headlessOutputHoldsNoControlBytes() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let problem = try scratch.file("p.jsonl", Self.line + "\n")
    let search = try Program.run(["search", problem, "--workspace", workspace, "--simulations", "4"])
    #expect(search.code == 0, "\(search.errors)")
    expectHarmlessLines(search)
    let list = try Program.run(["run", "list", "--workspace", workspace])
    expectHarmlessLines(list)
    let run = try #require(list.lines.first?.split(separator: "\t").first.map(String.init))
    expectHarmlessLines(try Program.run(["run", "show", run, "--workspace", workspace]))
    expectHarmlessLines(try Program.run(["run", "show", run, "--json", "--workspace", workspace]))
    for format in ["json", "dot", "markdown", "svg"] {
      let export = try Program.run(["run", "export", run, "--format", format, "--workspace", workspace])
      #expect(export.code == 0)
      #expect(!export.output.unicodeScalars.contains("\u{1B}"), "\(format)")
    }
  }

  @Test func aCommitOfAHostileTextIsListedHarmlessly() throws {
    let session = try ExplorerSession(Self.line)
    try session.open()
    try session.step(3)
    try session.terminal.press("b", "c", "Tab")
    try session.wait("the commit form") { $0.text.contains("Enter commits") }
    try session.terminal.paste(Array("a note \u{1B}]0;PWNED\u{7}".utf8))
    try session.terminal.press("Enter")
    try session.wait("the commit") { $0.text.contains("committed as") }
    try session.quit()
    let list = try session.program("dataset", "list")
    expectHarmlessLines(list)
    let id = try #require(list.lines.first?.split(separator: "\t").first.map(String.init))
    expectHarmlessLines(try session.program("dataset", "show", id))
    expectHarmlessLines(try session.program("dataset", "list", "--json"))
  }

  /// Nothing but line breaks and tabs among the control characters, and no mark of direction.
  private func expectHarmlessLines(_ result: Program.Outcome) {
    #expect(result.code == 0, "\(result.errors)")
    #expect(!result.output.isEmpty)
    let bad = (result.output + result.errors).unicodeScalars.filter {
      ($0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t") || $0 == "\u{202E}" || $0 == "\u{2066}"
    }
    #expect(bad.isEmpty, "\(bad.map { String($0.value, radix: 16) })")
  }
}
