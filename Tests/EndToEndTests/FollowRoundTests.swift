import Foundation
import Testing

/// Somebody follows a round that other processes drive to its end, decide on and approve.
@Suite(.ownThread)
struct FollowRoundTests {
  private let scratch: Scratch
  private let workspace: String

  init() throws {
    scratch = try Scratch()
    workspace = scratch.path("w.sqlite")
  }

  /// A round of three stories that waits at its gate.
  private func waitingRound() throws {
    let stories = (1...3).map { number in
      """
      {"id": "story-\(number)", "question": "Ivy has \(5 + number) apples. Omar has 3 more apples than Ivy. Ivy buys 2 packs of \
      4 apples. How many apples do Ivy and Omar have together now?"}
      """
    }
    let problems = try scratch.file("problems.jsonl", stories.joined(separator: "\n") + "\n")
    let round = try Program.run([
      "improve", problems, "--workspace", workspace, "--name", "try", "--gate", "person", "--simulations", "4",
      "--rule", "score>=0", "--audit", "1", "--skip", "imagine,train,evaluate,promote",
    ])
    #expect(round.errors.contains("waits for a person"))
  }

  /// `etascope follow` in a terminal.
  private func follower(_ arguments: String, width: Int = 130, height: Int = 36, as user: String = "") throws
    -> TerminalSession
  {
    let terminal = try TerminalSession(width: width, height: height)
    try terminal.command(
      "clear; \(user) \(Program.executable.path(percentEncoded: false)) follow \(arguments) --workspace \(workspace); "
        + "echo \"ended with $?.\"")
    return terminal
  }

  @Test func aRoundIsSeenToItsEndAndNothingOfItIsChanged() throws {
    try waitingRound()
    let terminal = try follower("try")
    try terminal.wait("the round that waits") {
      $0.contains("etascope  ·  following  ·  rounds  ·  try-1") && $0.contains("the gate waits for a person")
    }
    for key in ["A", "D", "S", "Space"] {
      try terminal.press(key)
      try terminal.wait("the refusal of \(key)") { $0.contains("this round is followed: only the explorer") }
      // The message goes with the next key.
      try terminal.press("g")
      try terminal.wait("no message") { !$0.contains("this round is followed") }
    }
    try terminal.press("Enter")
    try terminal.wait("the gate") { $0.contains("3 trajectories, 3 accepted, 3 of the audit to decide") }
    try terminal.press("d")
    try terminal.wait("the refusal") { $0.contains("this round is followed: only the explorer") }

    // What another process says of a trajectory is seen, and its tree opens.
    #expect(try Program.run(["round", "refuse", "try-1", "1", "--workspace", workspace]).code == 0)
    try terminal.wait("one refused") { $0.contains("2 accepted, 1 refused, 1 decided") }
    try terminal.press("Enter")
    try terminal.wait("the tree") { $0.contains("─ Tree") && $0.contains("following, nobody presents") }
    try terminal.press("s")
    try terminal.wait("the refusal") { $0.contains("only its presenter changes it") }
    try terminal.press("P")
    try terminal.wait("the gate again") { $0.contains("1 refused, 1 decided") }

    #expect(try Program.run(["round", "approve", "try-1", "--workspace", workspace]).code == 0)
    let resumed = try Program.run(["round", "resume", "try-1", "--workspace", workspace])
    #expect(resumed.code == 0, "\(resumed.errors)")
    try terminal.wait("the end of the round") { $0.contains("try-1  ·  kept") }
    try terminal.press("l")
    try terminal.wait("what was committed") { $0.contains("2 commits") }
    try terminal.press("Escape")
    try terminal.wait("the list") { $0.contains("1 round, 1 kept") }
    try terminal.press("Escape")
    try terminal.wait("that this is all") { $0.contains("there is nothing to go back to; q quits") }
    try terminal.press("q")
    try terminal.wait("the shell") { $0.contains("ended with 0.") }

    let shown = try Program.run(["round", "show", "try-1", "--workspace", workspace, "--json"])
    let reports = try #require(shown.object?["reports"] as? [String: Any])
    let gate = try #require((reports["gate"] as? [String: Any])?["figures"] as? [[String: Any]])
    #expect(gate.first { $0["name"] as? String == "refused by a person" }?["value"] as? Double == 1)
  }

  @Test func behindARunStandTheRoundsOfItsWorkspace() throws {
    try waitingRound()
    let terminal = try follower("", width: 100, height: 30)
    try terminal.wait("the newest run") { $0.contains("─ Tree") && $0.contains("story-3") }
    try terminal.press("P")
    try terminal.wait("the rounds") { $0.contains("try-1") && $0.contains("the gate waits for a person") }
    try terminal.press("Escape")
    try terminal.wait("the run again") { $0.contains("─ Tree") && $0.contains("story-3") }
    try terminal.press("q")
    try terminal.wait("the shell") { $0.contains("ended with 0.") }
  }

  /// Without the right to write beside the workspace, SQLite reads it as a file that cannot change: it does all the same.
  @Test(.enabled(if: OtherUser.isThere, "\(OtherUser.reason)"))
  func anotherUserFollows() throws {
    chmod(scratch.url.path(percentEncoded: false), 0o755)
    try waitingRound()
    let terminal = try follower("--plain try-1", width: 100, height: 30, as: OtherUser.prefix)
    try terminal.wait("where it stands") { $0.contains("waiting: the gate waits for a person") }
    #expect(try Program.run(["round", "reject", "try-1", "--note", "too few", "--workspace", workspace]).code == 0)
    try terminal.wait("what became of it") { $0.contains("Round try-1: refused, by") && $0.contains("too few") }
    try terminal.command("quit")
    try terminal.wait("the end") { $0.contains("ended with 0.") }
  }

  @Test func aRoundIsFollowedInWords() throws {
    try waitingRound()
    let terminal = try follower("--plain try-1", width: 100, height: 30)
    try terminal.wait("where it stands") {
      $0.contains("Round 1 of 1, try-1.") && $0.contains("waiting: the gate waits for a person")
    }
    try terminal.command("approve")
    try terminal.wait("the refusal") { $0.contains("this round is followed: only the explorer") }
    #expect(try Program.run(["round", "reject", "try-1", "--note", "too few", "--workspace", workspace]).code == 0)
    try terminal.wait("what became of it") { $0.contains("Round try-1: refused, by") && $0.contains("too few") }
    try terminal.command("quit")
    try terminal.wait("the end") { $0.contains("ended with 0.") }
  }
}
