import Foundation
import Testing

/// A person at the gate of a real round: looks at trajectories, opens a tree, approves, and the round goes on in the explorer.
@Suite(.ownThread)
struct RoundsScreenTests {
  private static let stories = (1...3).map { number in
    """
    {"id": "story-\(number)", "question": "Ivy has \(5 + number) apples. Omar has 3 more apples than Ivy. Ivy buys 2 packs of 4 \
    apples. How many apples do Ivy and Omar have together now?"}
    """
  }

  @Test func aRoundIsDecidedOnAndGoesOnInTheExplorer() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let problems = try scratch.file("problems.jsonl", Self.stories.joined(separator: "\n") + "\n")
    let round = try Program.run([
      "improve", problems, "--workspace", workspace, "--name", "try", "--gate", "person", "--simulations", "4",
      "--rule",
      "score>=0", "--audit", "1", "--skip", "imagine,train,evaluate,promote",
    ])
    #expect(round.errors.contains("waits for a person"))

    let terminal = try TerminalSession(width: 130, height: 36)
    try terminal.command(
      "clear; \(Program.executable.path(percentEncoded: false)) explore \(problems) --workspace \(workspace)")
    try terminal.wait("the list of problems") { $0.contains("R rounds") }
    try terminal.press("R")
    try terminal.wait("the round that waits") { $0.contains("try-1") && $0.contains("the gate waits for a person") }
    try terminal.press("Enter")
    try terminal.wait("the gate") { $0.contains("3 trajectories, 3 accepted, 3 of the audit to decide") }
    // The first is refused, the second looked at in its tree.
    try terminal.press("d")
    try terminal.wait("one refused") { $0.contains("2 accepted, 1 refused, 1 decided") }
    try terminal.press("Enter")
    try terminal.wait("the tree") { $0.contains("─ Tree") && $0.contains("─ Path through") }
    try terminal.press("P")
    try terminal.wait("the gate again") { $0.contains("1 refused, 1 decided") }
    try terminal.press("A", "Enter")
    try terminal.wait("the end of the round") { $0.contains("try-1  ·  kept") }
    try terminal.press("l")
    try terminal.wait("what was committed") { $0.contains("2 commits") }
    try terminal.press("q")
    try terminal.wait("the shell") { $0.contains("ready>") }

    let shown = try Program.run(["round", "show", "try-1", "--workspace", workspace, "--json"])
    let reports = try #require(shown.object?["reports"] as? [String: Any])
    let gate = try #require((reports["gate"] as? [String: Any])?["figures"] as? [[String: Any]])
    #expect(gate.first { $0["name"] as? String == "accepted" }?["value"] as? Double == 2)
    #expect(gate.first { $0["name"] as? String == "refused by a person" }?["value"] as? Double == 1)
  }

  @Test func whatAnotherProcessDoesIsSeen() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let problems = try scratch.file("problems.jsonl", Self.stories.joined(separator: "\n") + "\n")
    let terminal = try TerminalSession(width: 130, height: 36)
    try terminal.command(
      "clear; \(Program.executable.path(percentEncoded: false)) explore \(problems) --workspace \(workspace) --plain")
    try terminal.wait("the first words") { $0.contains("Type a command") }
    try terminal.command("rounds")
    try terminal.wait("that there is none") { $0.contains("0 rounds.") }
    _ = try Program.run([
      "improve", problems, "--workspace", workspace, "--name", "other", "--gate", "person", "--simulations", "4",
      "--skip",
      "imagine,train,evaluate,promote",
    ])
    var asked = 0
    try terminal.wait("the round of the other process at its gate") { screen in
      if screen.contains("other-1"), screen.contains("waiting: the gate waits for a person") { return true }
      // It may be told earlier, while it still runs: what it has become is asked for again.
      asked += 1
      if asked.isMultiple(of: 20) { try? terminal.command("here") }
      return false
    }
  }
}
