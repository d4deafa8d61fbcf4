import Foundation
import Testing

/// A verdict reaches the data: from the key that gives it to the rows of an export.
@Suite(.ownThread)
struct VerdictStoryTests {
  /// Commits the trajectory through the first node with the verdict that `key` chooses.
  private func commit(_ session: ExplorerSession, _ key: String) throws {
    try session.open()
    try session.step(12)
    try session.terminal.press("j", "c")
    try session.wait("the form") { $0.text.contains("─ Commit") }
    try session.terminal.press(key)
    try session.terminal.press("Enter")
    try session.wait("the commit") { $0.text.contains("committed as") }
    try session.quit()
  }

  /// The rows of each exported form.
  private func export(_ session: ExplorerSession) throws -> [String: [[String: Any]]] {
    let folder = session.scratch.path("export")
    let done = try Program.run(["dataset", "export", folder, "--workspace", session.workspace])
    #expect(done.code == 0, "\(done.errors)")
    var rows: [String: [[String: Any]]] = [:]
    for format in ["prompt-completion", "conversational", "preference", "stepwise"] {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(format)/data/train.jsonl") else { continue }
      rows[format] = try data.split(separator: 0x0A).map {
        try #require(JSONSerialization.jsonObject(with: $0) as? [String: Any])
      }
    }
    return rows
  }

  @Test func whatAPersonCallsBadIsNotImitated() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    try commit(session, "b")
    let rows = try export(session)
    #expect(rows["prompt-completion"] == nil)
    #expect(rows["conversational"] == nil)
    let steps = try #require(rows["stepwise"]?.first)
    #expect(steps["verdict"] as? String == "bad")
    #expect((steps["labels"] as? [Bool])?.contains(false) == true)
    let list = try Program.run(["dataset", "list", "--workspace", session.workspace])
    #expect(list.output.hasSuffix("\tbad\n") && list.lines.count == 1, "\(list.output)")
    // Whoever reads it in a terminal sees what the fields are.
    let program = Program.executable.path(percentEncoded: false)
    try session.terminal.command("clear; \(program) dataset list --workspace \(session.workspace)")
    try session.terminal.wait("the heading") {
      $0.contains("commit") && $0.contains("verdict") && $0.contains("story-1")
    }
  }

  @Test func whatAPersonCallsGoodIs() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    try commit(session, "g")
    let rows = try export(session)
    let row = try #require(rows["prompt-completion"]?.first)
    #expect(row["verdict"] as? String == "good")
    #expect(row["note"] as? String == "")
    #expect(row["who"] is String)
  }

  @Test func labelsAreShownAndTheSamePathAgainIsTold() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    try session.open()
    try session.step(12)
    try session.terminal.press("j", "+")
    try session.wait("the label") { $0.text.contains(/node \d+ is labelled good/) }
    try session.terminal.press("c")
    try session.wait("the form") { $0.text.contains("─ Commit") && !$0.text.contains("committed already") }
    try session.terminal.press("g", "Enter")
    try session.wait("the commit") { $0.text.contains("committed as") }
    try session.terminal.press("c")
    try session.wait("what speaks against it") { $0.text.contains("the same path is committed already, by ") }
    try session.terminal.press("Escape")
    try session.quit()
    let commit = try #require(try session.program("dataset", "list", "--json").objects.first?["id"] as? String)
    let shown = try session.program("dataset", "show", commit)
    #expect(shown.lines.count { $0.hasSuffix("  (labelled good)") } == 1, "\(shown.output)")
  }
}
