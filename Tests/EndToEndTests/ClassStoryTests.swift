import Foundation
import Testing

/// A class: a presenter and two who follow, each in a terminal of their own, through everything that a lesson has.
@Suite(.ownThread)
struct ClassStoryTests {
  /// The presenter, and those who follow.
  private struct Class {
    let session: ExplorerSession
    var followers: [TerminalSession] = []

    /// A class of whoever presents, in a list of two problems.
    init() throws {
      session = try ExplorerSession(
        ExplorerSession.story + "\n" + ExplorerSession.babble, width: 100, height: 30)
    }

    /// Somebody else comes in.
    mutating func join(_ options: String = "") throws {
      let terminal = try TerminalSession(width: 100, height: 30)
      let program = Program.executable.path(percentEncoded: false)
      try terminal.command("clear; \(program) follow --workspace \(session.workspace) \(options)")
      followers.append(terminal)
    }

    /// Waits until the presenter and everybody who follows see it.
    func wait(_ what: String, _ condition: (ExplorerScreen) -> Bool) throws {
      try session.wait("\(what), presented", condition)
      try waitFollowers(what, condition)
    }

    func waitFollowers(_ what: String, _ condition: (ExplorerScreen) -> Bool) throws {
      for (index, terminal) in followers.enumerated() {
        try terminal.wait("\(what), follower \(index)") { condition(ExplorerScreen($0)) }
      }
    }
  }

  @Test func nobodyIsLostThroughForkProblemTourAndTheEndOfThePresenter() throws {
    var room = try Class()
    let session = room.session
    try session.terminal.command("clear; " + session.line("--problem babble-1 --set width.root.minimum=3"))
    try session.wait("the run") { $0.isQuiet && $0.text.contains("babble-1") }
    try session.step(4)
    try room.join()
    try room.waitFollowers("the run") { $0.simulations == 4 && $0.text.contains("following the presenter") }

    // The lesson is everybody's, frame by frame.
    try session.terminal.press("T")
    try room.wait("the lesson") { $0.text.contains("[back up]") }
    try session.step(1)
    try session.terminal.press("S")
    try room.wait("its formula") { $0.text.contains("Q + c sqrt(ln N / n) =") }
    try room.join()  // late, and sees the same
    try room.wait("its formula") { $0.text.contains("Q + c sqrt(ln N / n) =") }
    try session.terminal.press("T", "Space")
    try room.wait("no lesson") { !$0.text.contains("[select]") && $0.isQuiet }

    // A fork, and both worlds of an act.
    try session.terminal.press("F", "Enter")
    try room.wait("the fork") { $0.text.contains("forked at") }
    try session.terminal.press("g", "j", "x")
    try session.wait("what the prune changed") { $0.text.contains(/node \d+ pruned;/) }
    try session.terminal.press("Y")
    try room.wait("both worlds") {
      $0.text.contains("With and without your act") && $0.text.contains("with your act: ")
    }
    try session.terminal.press("Escape")
    try room.wait("the run alone") { !$0.text.contains("With and without") }

    // A vote, of which the tally is on every screen, and which a key decides.
    try room.followers[0].press("G")
    let own = try #require(
      ExplorerScreen(try room.followers[0].wait("a cursor of its own") { $0.contains("own cursor") }).selected)
    try room.followers[0].press("V")
    try room.wait("the tally") { $0.text.contains("votes: node \(own) x1") }
    try session.terminal.press("C-v")
    try room.wait("the next vote") { !$0.text.contains("votes: node") }
    try session.wait("the winner") { $0.selected == own }
    try room.followers[0].press("L")

    // Another problem, and the tour of it.
    try session.terminal.press("P")
    try session.wait("the list") { $0.text.contains("2 problems") }
    try session.terminal.press("g", "Enter")
    try room.wait("the other problem") { $0.text.contains("story-1") && !$0.text.contains("forked at") }
    try session.terminal.press("C-g")
    try room.wait("the first page") {
      $0.text.contains("One problem, many ways") && $0.text.contains("The right answer is 51")
    }
    try room.waitFollowers("whose it is") { $0.text.contains("the presenter turns the pages") }
    try session.terminal.press(".")
    try room.wait("the second page") { $0.text.contains("The first step") }

    // Killed, and back with the same run.
    let run = try #require(try session.program("run", "list", "--json").objects.last?["run"] as? String)
    #expect(kill(try session.terminal.program(), SIGKILL) == 0)
    try room.waitFollowers("nobody") { $0.text.contains("nobody presents") && !$0.text.contains("The first step") }
    try session.terminal.restart()
    try session.open("--run \(run)")
    try room.waitFollowers("the presenter again") { $0.text.contains("following the presenter") }
    try session.step(2)
    let made = try #require(try session.now().simulations)
    try room.waitFollowers("what grows there") { $0.simulations == made }

    try session.quit()
    for follower in room.followers {
      try follower.press("q")
      try follower.wait("the shell") { $0.contains("ready>") && !$0.contains("sims ") }
    }
    #expect(try session.program("run", "verify").code == 0)
  }

  @Test func aProjectorIsAnOptionAndAKey() throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 120, height: 36)
    try session.open("--projector")
    try session.step(6)
    func tree(_ screen: ExplorerScreen) -> Substring { screen.text.split(separator: "\n").dropFirst().first ?? "" }
    #expect(!tree(try session.now()).contains("─ Node"), "the tree has the width")
    try session.terminal.press("C-p")
    try session.wait("side by side") { tree($0).contains("─ Node") }
    try session.terminal.press("C-p")
    try session.wait("for the last row") { !tree($0).contains("─ Node") }
    try session.quit()
    try session.open()
    #expect(!tree(try session.now()).contains("─ Node"), "it is remembered")
    try session.quit()
  }
}
