import Foundation
import Testing

/// What a person notes of a run is there when it is opened again, however the program ended.
@Suite(.ownThread)
struct NoteStoryTests {
  /// What `run show` says of the session's only run.
  private func show(_ session: ExplorerSession, _ options: String...) throws -> Program.Outcome {
    let list = try Program.run(["run", "list", "--json", "--workspace", session.workspace])
    let run = try #require(list.output.firstMatch(of: #/"run":"([^"]+)"/#)?.1)
    return try Program.run(["run", "show", String(run), "--workspace", session.workspace] + options)
  }

  @Test func bookmarksLabelsAndMarksOutliveTheProgram() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    try session.open()
    try session.step(12)
    try session.terminal.press("j", "\"")
    try session.wait("the question for a note") { $0.text.contains("Bookmark node 1") }
    try session.terminal.type("look here")
    // The label goes on to the next step.
    try session.terminal.press("Enter", "+", "k")
    try session.wait("both notes") { $0.text.contains("bookmarked: look here") && $0.text.contains("labelled good") }
    try session.terminal.press("c")
    try session.wait("the form") { $0.text.contains("─ Commit") }
    try session.terminal.press("Enter")
    try session.wait("the commit") { $0.text.contains("committed as") }
    try session.quit()

    let shown = try session.open()
    #expect(shown.text.contains(#/ moment .*▲/#), "the commit is on the timeline: \(shown.text)")
    try session.terminal.press("'")
    try session.wait("the bookmark") {
      $0.selected == 1 && $0.text.contains("bookmarked: look here") && $0.text.contains("labelled good")
    }
    try session.terminal.press("m", "+")
    try session.wait("nothing noted") { !$0.text.contains("bookmarked") && !$0.text.contains("labelled") }
    try session.quit()

    try session.open()
    try session.terminal.press("'")
    try session.wait("no bookmark") { $0.text.contains("no bookmark is set") }
    try session.quit()
    let notes = try show(session)
    #expect(notes.output.contains(#/\| commit \| moment \d+ \| [0-9a-f]{12} \|/#), "\(notes.output)")
    let json = try show(session, "--json")
    #expect(json.output.contains(#""notes":[{"kind":"commit","place":"#), "\(json.output)")
  }

  @Test func aKilledProgramLosesNoNote() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    try session.open()
    try session.step(6)
    try session.terminal.press("j", "-")
    try session.wait("the label") { $0.text.contains("labelled bad") }
    // The note is kept beside the frame, not before it.
    let isKept = try Waiting.until {
      try show(session, "--json").output.contains(#""text":"bad""#)
    }
    #expect(isKept)
    try session.terminal.close()
    let notes = try show(session, "--json")
    #expect(notes.output.contains(#"{"kind":"label","place":1,"text":"bad"}"#))
  }
}
