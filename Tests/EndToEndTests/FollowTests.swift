import Foundation
import Testing

/// A presenter and somebody who follows, each in a terminal of their own.
@Suite(.ownThread)
struct FollowTests {
  /// Somebody who follows the session's run.
  private func follower(of session: ExplorerSession) throws -> TerminalSession {
    let terminal = try TerminalSession(width: 100, height: 30)
    try terminal.command(
      "clear; \(Program.executable.path(percentEncoded: false)) follow --workspace \(session.workspace)")
    return terminal
  }

  @discardableResult
  private func wait(
    _ terminal: TerminalSession, _ what: String, _ condition: (ExplorerScreen) -> Bool
  ) throws -> ExplorerScreen {
    ExplorerScreen(try terminal.wait(what) { condition(ExplorerScreen($0)) })
  }

  @Test func theRunIsSeenLiveTheCursorIsFollowedAndVotesAreCounted() throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 100, height: 30)
    try session.open()
    try session.step(3)
    let follower = try follower(of: session)
    try wait(follower, "the run") { $0.simulations == 3 && $0.text.contains("following the presenter") }

    // What grows there is seen here, and the cursor goes along.
    try session.step(4)
    try wait(follower, "four more") { $0.simulations == 7 }
    try session.terminal.press("j")
    let there = try #require(try session.wait("a child") { ($0.selected ?? 0) > 0 }.selected)
    try wait(follower, "the presenter's node") { $0.selected == there }
    try session.terminal.press("<", "<")
    try wait(follower, "the presenter's moment") { $0.text.contains(/moment \d+\//) }
    try session.terminal.press("Space")
    try wait(follower, "now") { !$0.text.contains(/moment \d+\//) && $0.simulations == 7 }

    // Nothing can be changed from here.
    try follower.press("s")
    try wait(follower, "the refusal") { $0.text.contains("only its presenter changes it") }
    try follower.press("x")
    try wait(follower, "the refusal") { $0.text.contains("only its presenter changes it") }

    // A cursor of one's own, and back.
    try follower.press("G")
    let own = try #require(
      try wait(follower, "another node") { $0.selected != there && $0.text.contains("own cursor, presenter at") }
        .selected)
    #expect(try session.now().selected == there)

    try follower.press("V")
    try wait(follower, "the vote") { $0.text.contains("you vote for node \(own)") }
    try session.wait("the tally") { $0.text.contains("votes: node \(own) x1") }
    let second = try self.follower(of: session)
    try wait(second, "the run") { $0.simulations == 7 && $0.text.contains("following the presenter") }
    // The same user: another vote takes the first one's place.
    try second.press("G", "k", "V")
    try session.wait("the other vote") { screen in
      screen.text.prefix { $0 != "\n" }.firstMatch(of: /votes: node (\d+) x1/).map { $0.1 != "\(own)" } ?? false
    }
    try second.press("G", "V")
    // In the first row: the message of the first vote may still stand below.
    try session.wait("the first node again") {
      $0.text.prefix { $0 != "\n" }.contains("votes: node \(own) x1")
    }
    try session.terminal.press("V")
    try session.wait("the votes") { $0.text.contains("1 vote for node \(own)") }
    try session.terminal.press("Enter")
    try session.wait("the node voted for") { $0.selected == own }

    try follower.press("L")
    try wait(follower, "the presenter again") { $0.selected == own && $0.text.contains("following the presenter") }
    try second.press("q")
    try second.wait("the shell") { $0.contains("ready>") && !$0.contains("sims ") }
    try session.wait("no vote left") { !$0.text.contains("votes:") }

    try session.quit()
    try wait(follower, "nobody on stage") { $0.text.contains("nobody presents") && $0.simulations == 7 }
    try follower.press("V")
    try wait(follower, "no vote") { $0.text.contains("votes are off: nobody presents this run") }
    try follower.press("q")
    try follower.wait("the shell") { $0.contains("ready>") && !$0.contains("sims ") }
    #expect(try session.program("run", "verify").code == 0)
    #expect(!FileManager.default.fileExists(atPath: session.workspace + "-stage"), "nothing is left behind")
  }

  @Test func whoFollowsGoesAlongToAFork() throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 100, height: 30)
    try session.open()
    try session.step(3)
    let follower = try follower(of: session)
    try wait(follower, "the run") { $0.simulations == 3 && $0.text.contains("following the presenter") }
    try session.terminal.press("F")
    try session.wait("the question") { $0.text.contains("Fork at moment") }
    try session.terminal.press("Enter")
    try session.wait("the fork") { $0.text.contains("forked at") }
    try wait(follower, "the fork, too") { $0.text.contains("forked at") && $0.text.contains("following the presenter") }
    try session.step(2)
    try wait(follower, "what grows there") { $0.simulations == 5 }

    // A presenter who was killed and comes back with the first run is found there.
    try session.terminal.press("q")
    try wait(follower, "nobody") { $0.text.contains("nobody presents") }
    try session.open(
      "--run " + (try #require(try session.program("run", "list", "--json").objects.first?["run"] as? String)))
    try wait(follower, "the first run again") {
      !$0.text.contains("forked at") && $0.text.contains("following the presenter") && $0.simulations == 3
    }
    try session.quit()
    try follower.press("q")
    try follower.wait("the shell") { $0.contains("ready>") && !$0.contains("sims ") }
  }

  /// Who opens what somebody else has open follows it, is told so in full, and comes back to the same row of the same list.
  @Test func aSecondCuratorOnTheSameProblemFollows() throws {
    let session = try ExplorerSession(
      ExplorerSession.babble + "\n" + ExplorerSession.story, width: 120, height: 30)
    let story = try session.scratch.file("story.jsonl", ExplorerSession.story + "\n")
    #expect(try session.program("search", story, "--simulations", "6").code == 0)
    let second = try TerminalSession(width: 120, height: 30)
    for terminal in [session.terminal, second] {
      try terminal.command("clear; " + session.line())
      try terminal.wait("the list") { $0.contains("2 problems") && $0.contains("6 sims") }
    }
    try session.terminal.press("j", "Enter")
    try session.wait("the run") { $0.simulations == 6 }
    try second.wait("who has it") { $0.contains(#/story-1 .* open: /#) }
    try second.press("j", "Enter")
    try second.wait("the run and the reason") {
      ExplorerScreen($0).simulations == 6 && $0.contains("has story-1 open: you follow what happens there")
    }
    try session.step(2)
    try second.wait("what the first one does") { ExplorerScreen($0).simulations == 8 }
    try second.press("s")
    try second.wait("the refusal") { $0.contains("! ") }
    try second.press("P")
    let list = try second.wait("the list") {
      $0.contains("2 problems") && $0.contains(#/▌ story-1 .* open: \w+, 8 sims /#)
    }
    #expect(list.contains(" state ") && list.contains(" answer ") && list.contains(" finals "))
    #expect(list.contains(#/▌ story-1 .* [✓✗] \d+ .* \d/5 /#))
    try second.press("q")
    try second.wait("the shell") { $0.contains("ready>") && !$0.contains("2 problems") }
    try session.quit()
  }

  @Test func aRunIsFollowedInWords() throws {
    let session = try ExplorerSession(ExplorerSession.babble)
    try session.open()
    try session.step(2)
    let listener = try TerminalSession(width: 100, height: 30)
    try listener.command(
      "clear; \(Program.executable.path(percentEncoded: false)) follow --plain --workspace \(session.workspace); echo \"ended with $?.\""
    )
    try listener.wait("the run") { $0.contains("2 simulations, 3 nodes") && $0.contains("help lists them") }
    try session.step(1)
    try listener.wait("one more") { $0.contains("3 simulations, 4 nodes") }
    try session.terminal.press("j")
    try listener.wait("the presenter's node") { $0.contains("Node 1, place 1") }
    try listener.command("step")
    try listener.wait("the refusal") { $0.contains("only its presenter changes it") }
    try listener.command("quit")
    try listener.wait("the end") { $0.contains("ended with 0.") }
    try session.quit()
  }

  @Test func thereMustBeARun() throws {
    let session = try ExplorerSession()
    try session.open()
    try session.quit()
    let terminal = session.terminal
    try terminal.command(
      "\(Program.executable.path(percentEncoded: false)) follow nothing --workspace \(session.workspace); echo \"ended with $?.\""
    )
    let screen = try terminal.wait("the refusal") { $0.contains("ended with 1.") }
    #expect(screen.contains("nothing"))
  }
}
