import Foundation
import Testing

/// The explorer in a real terminal: phases, the past, and a fork from there.
@Suite(.ownThread)
struct TimeStoryTests {
  @Test func fourPhasesAreASimulationAndTheyGoBack() throws {
    let session = try ExplorerSession(ExplorerSession.babble)
    try session.open()
    try session.step(2)
    for word in ["select", "widen", "evaluate"] {
      try session.terminal.press("S")
      try session.wait("the phase \(word)") { $0.text.contains("\(word): ") && $0.isQuiet && $0.simulations == 2 }
    }
    try session.terminal.press("S")
    try session.wait("the backup") { $0.text.contains("back up: ") && $0.simulations == 3 && $0.isQuiet }

    try session.terminal.press("<", "<", "<", "<")
    try session.wait("three phases earlier") { $0.text.contains(/moment \d+\/\d+/) && $0.nodes == 3 }
    try session.terminal.press("s")
    try session.wait("the refusal") { $0.text.contains("is past: Space returns to now") && $0.simulations == 2 }
    try session.terminal.press(">", ">")
    try session.wait("the node again") { $0.nodes == 4 && $0.text.contains(/moment \d+\/\d+/) }
    try session.terminal.press(" ")
    try session.wait("now") { $0.simulations == 3 && !$0.text.contains(/moment \d+\/\d+/) && $0.isQuiet }
    try session.quit()
    #expect(try session.program("run", "verify").code == 0)
  }

  /// Quitting in the midst of a simulation loses nothing: the run goes on when it is opened again.
  @Test func aRestingSimulationSurvivesQuitting() throws {
    let session = try ExplorerSession(ExplorerSession.babble)
    try session.open()
    try session.step(1)
    try session.terminal.press("S")
    try session.wait("the descent") { $0.text.contains("select: ") && $0.isQuiet }
    try session.quit()
    try session.open()
    try session.wait("the simulation finished") { $0.simulations == 2 && $0.isQuiet }
  }

  @Test func aForkIsMadeAndOpened() throws {
    let session = try ExplorerSession(ExplorerSession.babble)
    try session.open()
    try session.step(4)
    try session.terminal.press("{", "F")
    try session.wait("the question for settings") { $0.text.contains("Fork at moment") }
    try session.terminal.type("seed=9 limit.simulations=6")
    try session.terminal.press("Enter")
    try session.wait("the fork") { $0.text.contains("forked at ") && $0.isQuiet && $0.text.contains("seed 9") }
    try session.terminal.press(" ")
    try session.wait("the fork's own limit") { $0.simulations == 6 && $0.state == "done" }
    try session.terminal.press("|")
    try session.wait("both runs side by side") {
      $0.text.contains("Compare runs") && $0.text.contains("settings that differ") && $0.text.contains("are the same")
    }
    try session.terminal.press("Escape")
    try session.quit()
    let runs = try session.program("run", "list", "--json").objects.compactMap { $0["run"] as? String }
    try #require(runs.count == 2)
    let difference = try #require(try session.program("run", "diff", runs[0], runs[1], "--json").object)
    #expect(difference["parting"] is [String: Any])
    #expect(try session.program("run", "verify").code == 0)
  }
}
