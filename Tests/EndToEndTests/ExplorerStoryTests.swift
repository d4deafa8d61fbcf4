import Foundation
import Testing

/// The explorer in a real terminal of 80×24: what a person does in the first five minutes.
@Suite(.ownThread)
struct ExplorerStoryTests {
  @Test func twentyStepsAreTwentySimulations() throws {
    let session = try ExplorerSession()
    try session.open()
    let stepped = try session.step(20)
    let root = try #require(stepped.row("story-1"))
    #expect(ExplorerScreen.visits(root) == 20)
    #expect(stepped.state == "idle")
  }

  @Test func expandAddsChildrenToALeafAndUndoTakesThemBack() throws {
    let session = try ExplorerSession()
    try session.open()
    let stepped = try session.step(1)
    #expect(stepped.nodes == 2)
    try session.terminal.press("G", "e")
    try session.wait("the question how many") { $0.text.contains("Children to add below node 1") }
    try session.terminal.press("Enter")
    let widened = try session.wait("children of node 1") {
      ($0.nodes ?? 0) > 2 && ($0.simulations ?? 0) > 1 && $0.isQuiet
    }
    #expect(widened.rows.count >= 2)
    try session.terminal.press("u")
    try session.wait("the expansion undone") { $0.nodes == 2 && $0.simulations == 1 && $0.text.contains("undone") }
  }

  @Test func aTypedOptionIsScoredByEveryCriticAndUndone() throws {
    let session = try ExplorerSession()
    try session.open()
    try session.step(2)
    try session.terminal.press("g", "i")
    try session.wait("the text field") { $0.text.contains("Your option below node 0") }
    try session.terminal.type("Ivy has 10 + 6 = 17 apples.")
    try session.terminal.press("Enter")
    // N, Q, its bar, value, PRM and ORM; the calculator's contradiction is the sign in front.
    let scored = try session.wait("the option scored") {
      $0.row("= 17 apples")?.contains(/\s1\s+\d\.\d\d\s.*\d\.\d\d\s+\d\.\d\d\s+\d\.\d\d\s*$/) == true && $0.isQuiet
    }
    #expect(scored.simulations == 3)
    #expect(scored.row("= 17 apples")?.contains("?") == true)
    try session.terminal.press("u")
    try session.wait("the insertion undone") { $0.simulations == 2 && $0.row("= 17 apples") == nil }
  }

  @Test func noSimulationEntersAPrunedNode() throws {
    let session = try ExplorerSession(ExplorerSession.babble)
    try session.open()
    try session.step(6)
    try session.terminal.press("g", "j", "x")
    let pruned = try session.wait("the prune") { $0.text.contains("node 1 pruned") }
    let row = try #require(pruned.rows.first)
    let visits = try #require(ExplorerScreen.visits(row))
    let later = try session.step(20)
    #expect(later.rows.first.flatMap(ExplorerScreen.visits) == visits)
    #expect(later.simulations == 26)
    try session.terminal.press("u")
    try session.wait("the prune undone") { $0.text.contains("undone: node 1 pruned") }
    try session.quit()

    let run = try #require(try session.program("run", "list", "--json").object?["run"] as? String)
    let export = try #require(try session.program("run", "export", run).object)
    let nodes = try #require(export["nodes"] as? [[String: Any]])
    let node = nodes[1]
    #expect(node["visits"] as? Int == visits)
    #expect(node["pruned"] as? Bool == false)
  }

  @Test func aCommitIsListed() throws {
    let session = try ExplorerSession()
    try session.open()
    try session.step(20)
    try session.terminal.press("b", "c")
    try session.wait("the commit form") { $0.text.contains("Enter commits") }
    try session.terminal.press("Enter")
    try session.wait("the commit") { $0.text.contains("committed as") }
    try session.quit()
    let list = try session.program("dataset", "list", "--json")
    #expect(list.code == 0)
    #expect(list.lines.count == 1)
    let commit = try #require(list.object)
    #expect(commit["state"] as? String == "active")
    let problem = (commit["trajectory"] as? [String: Any])?["problem"] as? [String: Any]
    #expect(problem?["id"] as? String == "story-1")
    #expect(try session.program("dataset", "verify").code == 0)
    #expect(try session.program("run", "verify").code == 0)
  }

  /// Without an argument there is a list of the problems that come with the program.
  @Test func theSamplesAreOffered() throws {
    let session = try ExplorerSession()
    try session.terminal.command("\(Program.executable.path(percentEncoded: false)) --workspace \(session.workspace)")
    try session.terminal.wait("the list") { $0.contains("problems") && $0.contains("easy") }
    try session.terminal.press("Enter")
    try session.wait("a tree") { $0.simulations == 0 && $0.isQuiet }
    try session.step(1)
    try session.quit()
  }
}
