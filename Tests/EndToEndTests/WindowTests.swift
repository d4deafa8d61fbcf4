import Foundation
import Testing

/// Windows of other sizes.
@Suite(.ownThread)
struct WindowTests {
  @Test func belowTheLeastSizeOnlyQuitActs() throws {
    let session = try ExplorerSession()
    try session.open()
    try session.terminal.resize(39, 9)
    try session.wait("the notice") { $0.text.contains("Too small: 39x9") }
    try session.terminal.press("s", "?", "e", "Enter", "Space", "j")
    try session.terminal.resize(80, 24)
    let back = try session.wait("the tree") { $0.isQuiet }
    #expect(back.simulations == 0)
    #expect(back.nodes == 1)
    try session.terminal.resize(39, 9)
    try session.wait("the notice") { $0.text.contains("Too small") }
    try session.quit()
  }

  @Test func theLeastSizeShowsTheTree() throws {
    let session = try ExplorerSession(width: 40, height: 10)
    try session.terminal.command("clear; " + session.line())
    try session.wait("the tree") { $0.simulations == 0 && $0.text.contains("story-1") }
    try session.terminal.press("s")
    try session.wait("a simulation") { $0.simulations == 1 }
    try session.quit()
  }

  @Test func theCursorStaysOnItsNode() throws {
    let session = try ExplorerSession()
    try session.open()
    try session.step(12)
    try session.terminal.press("G")
    let node = try #require(try session.wait("another node") { ($0.selected ?? 0) > 0 }.selected)
    for (width, height) in [(60, 16), (80, 24), (120, 40), (80, 24)] {
      try session.terminal.resize(width, height)
      try session.wait("\(width)×\(height)") { screen in
        screen.isQuiet && screen.selected == node
          && screen.text.split(separator: "\n").contains { $0.count > width - 8 }
          && !screen.text.split(separator: "\n").contains { $0.count > width }
      }
    }
    try session.quit()
  }
}
