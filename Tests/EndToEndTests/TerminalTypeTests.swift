import Foundation
import Testing

/// Terminals of other types and other locales.
@Suite(.ownThread)
struct TerminalTypeTests {
  /// TERM and the locale.
  @Test(arguments: [
    ("xterm", "C.UTF-8"), ("xterm-256color", "C"), ("screen", "C.UTF-8"), ("tmux-256color", "C"), ("linux", "C.UTF-8"),
    ("vt100", "C"),
  ])
  func showsTheTree(_ term: String, _ locale: String) throws {
    let session = try ExplorerSession()
    try session.terminal.command("clear; env TERM=\(term) LC_ALL=\(locale) \(session.line())")
    try session.wait("the explorer") { $0.isQuiet && $0.text.contains("story-1") }
    try session.terminal.press("s")
    let shown = try session.wait("a simulation") { $0.simulations == 1 && $0.isQuiet }
    if locale == "C" { #expect(shown.text.utf8.allSatisfy { $0 < 0x80 }, "\(shown.text)") }
    try session.terminal.press("?")
    try session.wait("help") { $0.text.contains("Keys") && $0.text.contains("Next row") }
    try session.terminal.press("Escape")
    try session.wait("the tree again") { !$0.text.contains("Next row") }
    // The older types have no second screen: the last frame stays above the prompt.
    try session.terminal.press("q")
    try session.terminal.wait("the shell") {
      $0.trimmingCharacters(in: .whitespacesAndNewlines).hasSuffix("ready>")
    }
    #expect(try session.terminal.modes() == "001")
  }

  /// As ssh forwards one that this machine has not.
  @Test func aLocaleThatIsNotInstalledStillShowsSigns() throws {
    let session = try ExplorerSession()
    try session.terminal.command("clear; env LC_ALL=xx_YY.UTF-8 \(session.line())")
    try session.wait("the explorer") { $0.isQuiet && $0.text.contains("story-1") && $0.text.contains("─ Tree ─") }
    try session.quit()
  }

  @Test func whatWasArrangedIsThereAgainAndDamageEndsNothing() throws {
    let session = try ExplorerSession(width: 100, height: 30)
    try session.open()
    try session.terminal.press("t", "j", "j", "Enter")
    try session.wait("the theme") { !$0.text.contains("─ Theme ─") }
    try session.terminal.press("~")
    try session.wait("the timeline") { $0.text.contains("─ Timeline ") }
    try session.quit()
    let file = session.terminal.scratch.path("state/etascope/screen.json")
    let kept = try String(contentsOfFile: file, encoding: .utf8)
    #expect(kept.contains("\"theme\"") && kept.contains("\"showsTimeline\":true"), "\(kept)")
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try session.open()
    try session.wait("the timeline again") { $0.text.contains("─ Timeline ") }
    try session.quit()

    for damage in ["{", "[1]", String(repeating: "x", count: 100_000)] {
      try Data(damage.utf8).write(to: URL(filePath: file))
      try session.open()
      try session.wait("the word") { $0.text.contains("screen.json") && $0.text.contains("passed over") }
      try session.quit()
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "{}", "what is arranged next replaces it")
    }
  }

  @Test func aTerminalWithoutACursorIsToldOfPlain() throws {
    let session = try ExplorerSession()
    try session.terminal.command("env TERM=dumb \(session.line()); echo \"ended with $?.\"")
    let screen = try session.terminal.wait("the end") { $0.contains("ended with 2.") }
    #expect(screen.replacingOccurrences(of: "\n", with: " ").contains("--plain"))
  }

  @Test func theMouseIsSwitchedByAFlagAndAKey() throws {
    let session = try ExplorerSession()
    try session.open("--no-mouse")
    #expect(try session.terminal.modes() == "101", "alternate screen, no mouse, cursor")
    try session.terminal.press("M")
    try session.wait("the word") { $0.text.contains("the mouse is the explorer's") }
    #expect(try session.terminal.modes() == "111")
    try session.terminal.press("M")
    try session.wait("the word") { $0.text.contains("it selects text") }
    #expect(try session.terminal.modes() == "101")
    try session.quit()
  }

  @Test func theTitleNamesTheProblemAndComesBack() throws {
    let session = try ExplorerSession()
    let before = try session.terminal.title()
    try session.open()
    #expect(try session.terminal.title() == "etascope story-1")
    try session.quit()
    #expect(try session.terminal.title() == before)
  }

  @Test func whatIsCopiedReachesTheClipboard() throws {
    let session = try ExplorerSession()
    try session.open()
    try session.step(2)
    try session.terminal.press("j", "y", "p")
    try session.wait("the word") { $0.text.contains("the node's path was sent") }
    #expect(try session.terminal.clipboard() == "1")
    try session.terminal.press("y", "c")
    try session.wait("the word") { $0.text.contains("the command line was sent") }
    let line = try session.terminal.clipboard()
    #expect(line.contains("explore \(session.problem) --problem story-1 --seed 1 --critics value=1,"))
    try session.quit()
    // The line makes the same run again, to the last event.
    let again = session.scratch.path("again.sqlite")
    let words = line.split(separator: " ").dropFirst(2).map(String.init)
    let headless = try Program.run(
      ["search"] + words.filter { $0 != "--problem" && $0 != "story-1" } + ["--simulations", "2", "--workspace", again])
    #expect(headless.code == 0, "\(headless.errors)")
    let first = try #require(try session.program("run", "list", "--json").object?["nodes"] as? Int)
    let second = try Program.run(["run", "list", "--json", "--workspace", again]).object
    #expect(second?["nodes"] as? Int == first)
  }

  @Test func aSnapshotIsSavedBesideEarlierOnes() throws {
    let session = try ExplorerSession()
    try session.terminal.command("cd \(session.scratch.url.path(percentEncoded: false))")
    try session.open()
    try session.terminal.press("C-s")
    try session.wait("the first") { $0.text.contains("-1.svg") }
    try session.terminal.press("C-s")
    try session.wait("the second") { $0.text.contains("-2.svg") }
    try session.quit()
    let names = try FileManager.default.contentsOfDirectory(atPath: session.scratch.url.path(percentEncoded: false))
    let pictures = names.filter { $0.hasPrefix("etascope-") && $0.hasSuffix(".svg") }
    #expect(pictures.count == 2)
    let text = try String(
      contentsOfFile: session.scratch.path(pictures[0].replacing(".svg", with: ".txt")), encoding: .utf8)
    #expect(text.contains("sims 0") && text.filter { $0 == "\n" }.count == 24)
    let parser = XMLCheck(try Data(contentsOf: session.scratch.url.appending(path: pictures[0])))
    #expect(parser.isWellFormed && parser.texts.contains { $0.contains("story-1") })
  }
}
