import Foundation
import Testing

/// Every run of a workspace, and what stands in their texts, in a real terminal.
@Suite(.ownThread)
struct RunsListStoryTests {
  @Test func runsAreListedWhileOthersWorkAndTextsAreFound() throws {
    let session = try ExplorerSession(
      ExplorerSession.story + "\n" + ExplorerSession.babble, width: 120, height: 30)
    func search(_ seed: Int, _ problem: Int) throws {
      let line = try session.scratch.file(
        "p\(problem).jsonl", [ExplorerSession.story, ExplorerSession.babble][problem] + "\n")
      #expect(try session.program("search", line, "--simulations", "6", "--seed", "\(seed)").code == 0)
    }
    try search(1, 0)
    try search(2, 0)
    try session.terminal.command("clear; " + session.line())
    try session.wait("the list") { $0.text.contains("2 problems") }
    try session.terminal.press("r")
    try session.wait("the runs of one problem") { $0.text.contains("story-1  2 runs, 12 sims") }
    try search(3, 1)
    try session.wait("what another has searched meanwhile") { $0.text.contains("babble-1  1 run, 6 sims") }
    try session.terminal.type("problem=babble-1")
    try session.wait("one of three") { $0.text.contains("1 run, 6 sims") && $0.text.contains("of 3 runs") }
    try session.terminal.press("Enter")
    try session.wait("the run") { $0.text.contains("babble-1") && $0.simulations == 6 }
    try session.terminal.press("P")
    try session.wait("the list") { $0.text.contains("2 problems") }

    try session.terminal.press("F")
    try session.wait("the question") { $0.text.contains("Find in the texts of all runs") }
    try session.terminal.type("apples")
    try session.terminal.press("Enter")
    try session.wait("the places") { $0.text.contains("in the texts of 3 runs") && $0.text.contains("apples") }
    try session.terminal.press("Enter")
    try session.wait("the run") { $0.text.contains("story-1") && $0.simulations == 6 }
    try session.quit()
    #expect(try session.program("run", "verify").code == 0)
  }
}
