import Foundation
import Testing

/// The guided tour and teaching mode in a real terminal.
@Suite(.ownThread)
struct TourTests {
  @Test func theTourIsPlayedFromStartToEnd() throws {
    let session = try ExplorerSession(width: 100, height: 30)
    try session.open()
    try session.terminal.press("C-t")
    try session.wait("the first page") { $0.text.contains("Welcome") && $0.text.contains("1 of ") && $0.isQuiet }
    var (pages, presses) = (1, 0)
    var formulas = 0
    // The page and what it still asks for: every press changes one of them at once, whatever the search is doing.
    func place(_ screen: ExplorerScreen) -> [String] {
      let page = screen.text.firstMatch(of: /(\d+) of 24/).map { String($0.1) } ?? "over"
      return [page, String(screen.text.split(separator: "\n").last ?? "")]
    }
    while presses < 100 {
      let before = place(try session.now())
      try session.terminal.press(".")
      presses += 1
      let after = try session.wait("something after press \(presses)") {
        place($0) != before && $0.state != "running"  // a popup may cover the state
      }
      #expect(!after.text.contains("python"), "a tool that has nothing to do here is not named")
      if after.text.contains("the tour is over") { break }
      if after.text.contains("Why this one?") {
        formulas = max(formulas, after.text.matches(of: /node \d+: Q \+ c sqrt\(ln N \/ n\) =/).count)
      }
      if let page = after.text.firstMatch(of: /(\d+) of 24/).flatMap({ Int($0.1) }) { pages = max(pages, page) }
    }
    #expect(pages == 24, "every page was seen")
    #expect(formulas >= 2, "the page on the formula shows a choice")
    try session.terminal.press("q")
    try session.terminal.wait("the shell") { $0.contains("ready>") && !$0.contains("sims ") }
    let run = try #require(try session.program("run", "list", "--json").objects.last)
    #expect(run["problem"] as? String == "tour")
    #expect((run["simulations"] as? Int ?? 0) >= 40)
    #expect(try session.program("run", "verify").code == 0)
  }

  @Test func teachingModeExplainsPhasesBothWays() throws {
    // Two children of the root and no more: the third simulation has a choice to make, and every one adds a node.
    let session = try ExplorerSession(ExplorerSession.babble, width: 100, height: 30)
    try session.open("--teach --set width.root.minimum=2 --set width.root.maximum=2")
    try session.wait("the root's own value") { $0.text.contains("Before the first simulation") }
    try session.step(4)
    try press("S", until: "Q + c sqrt(ln N / n) =", in: session)
    try press("S", until: "[evaluate]", in: session)
    try press("<", until: "Q + c sqrt(ln N / n) =", in: session)
    let there = try session.now()
    #expect(there.text.contains("[select]") && there.text.contains(/moment \d+\//))
    try session.terminal.press("T")
    try session.wait("no lesson") { !$0.text.contains("[select]") }
    try session.quit()
  }

  /// Presses `key` until the lesson says `words`, one step at a time.
  private func press(_ key: String, until words: String, in session: ExplorerSession) throws {
    // From the rule with the phases on: the rows above change earlier.
    func lesson(_ screen: ExplorerScreen) -> String {
      screen.text.firstRange(of: /widen\]? →/).map { String(screen.text[$0.lowerBound...]) } ?? ""
    }
    for _ in 1...40 {
      let before = lesson(try session.now())
      if before.contains(words) { return }
      try session.terminal.press(key)
      try session.wait("what \(key) shows") { lesson($0) != before && $0.isQuiet }
    }
    Issue.record("\(key) never led to \(words): \(try session.now().text)")
  }

  @Test func aTeachersOwnTourIsReadAndItsErrorsAreLocated() throws {
    let session = try ExplorerSession()
    let good = try session.scratch.file(
      "own.txt", "title: Mine\nquestion: How many are 2 and 3?\n\n== Only page\nLook at the tree.\n")
    try session.terminal.command("clear; " + session.line("--tour \(good)"))
    try session.wait("the page") { $0.text.contains("Only page") && $0.text.contains("Look at the tree.") }
    try session.quit()
    let bad = try session.scratch.file("bad.txt", "title: Mine\nquestion: How many?\n== Page\n> press Spcae\n")
    try session.terminal.command("clear; " + session.line("--tour \(bad)") + "; echo \"ended with $?.\"")
    let screen = try session.terminal.wait("the refusal") { $0.contains("ended with 1.") }
    // A long path may make the line wrap anywhere.
    let told = screen.filter { !$0.isWhitespace }
    #expect(told.contains("bad.txt:4:press:nokeyiscalled'Spcae'"))
  }
}
