import Foundation
import Testing

/// The mouse and the panels in a real terminal of 120×40.
@Suite(.ownThread)
struct ArrangementStoryTests {
  /// What a terminal sends: button 0 goes down, moves, goes up, at columns and rows from 1.
  private func pull(_ terminal: TerminalSession, from: (Int, Int), to: (Int, Int)) throws {
    try terminal.type("\u{1B}[<0;\(from.0);\(from.1)M")
    try terminal.type("\u{1B}[<32;\(to.0);\(to.1)M")
    try terminal.type("\u{1B}[<0;\(to.0);\(to.1)m")
  }

  /// Columns from 1 at which the panels are divided, in the screen's fifth row.
  private func divider(_ screen: ExplorerScreen) -> Int? {
    let row = screen.text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(4).first ?? ""
    return row.lastIndex(of: "│").map { row.distance(from: row.startIndex, to: $0) + 1 }
  }

  @Test func theLineBetweenPanelsIsPulledAndZoomTakesTheScreen() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    let first = try session.open()
    #expect(divider(first) == 73)
    try pull(session.terminal, from: (73, 10), to: (61, 12))
    try session.wait("the line where the mouse left it") { divider($0) == 61 }
    try session.terminal.press("z")
    try session.wait("one panel") { $0.text.contains("2 Node  3 Path") && !$0.text.contains("─ Node") }
    try session.terminal.press("z", "Z")
    try session.wait("everything in its place") { divider($0) == 73 }
    try session.quit()
  }

  @Test func aClickOnTheTimelineLooksAtThatMoment() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    try session.open()
    try session.step(12)
    try session.wait("the timeline") { $0.text.contains("─ Timeline  now, moment") }
    try session.terminal.type("\u{1B}[<0;60;38M\u{1B}[<0;60;38m")
    let past = try session.wait("a moment of the past") { $0.text.contains(/─ Timeline  moment \d+ of \d+/) }
    #expect((past.simulations ?? 99) < 12)
    try session.terminal.press("Space")
    try session.wait("now") { $0.text.contains("─ Timeline  now, moment") && $0.simulations == 12 }
    try session.quit()
  }

  @Test func theListSaysWhatCameOfARunAndTheLogWhatWasDone() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    try session.open()
    try session.step(20)
    try session.terminal.press("j", "x")
    try session.wait("the prune") { $0.text.contains("node 1 pruned") }
    try session.terminal.press("u")
    try session.wait("the prune undone") { $0.text.contains("undone: node 1 pruned") }
    try session.terminal.press("J")
    try session.wait("the log") { $0.text.contains("─ Log ") && $0.text.contains("node 1 pruned; ") }
    try session.terminal.press("Escape", "P")
    let list = try session.wait("the result in the list") { $0.text.contains(#/20 sims .* \d/5\s/#) }
    #expect(list.text.contains(" finals ") && list.text.contains(" tokens "))
    try session.quit()
  }
}
