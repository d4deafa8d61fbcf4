import Foundation
import Testing

/// The explorer in a real terminal of 80×24, from the first simulation to the commit.
@Suite(.serialized)
struct ExplorerStoryTests {
  private func opened(_ session: TerminalSession, _ scratch: Scratch) throws {
    let problem = try scratch.file(
      "one.jsonl", #"{"id": "pears-1", "question": "Mina has 10 pears. Mina buys 6 pears. How many pears does Mina have now?", "answer": "16"}"# + "\n")
    try session.command("\(Program.executable.path()) explore \(problem) --workspace \(scratch.path("w.sqlite"))")
    try session.wait("the explorer") { $0.contains("sims 0") && $0.contains("pears-1") }
  }

  /// The numbers of the root's row: N is the first one after the problem's id.
  private func simulations(_ screen: String) -> Int? {
    screen.firstMatch(of: /sims (\d+)/).flatMap { Int($0.1) }
  }

  private func nodes(_ screen: String) -> Int? {
    screen.firstMatch(of: /nodes (\d+)/).flatMap { Int($0.1) }
  }

  @Test func aPersonStepsWidensInsertsPrunesUndoesAndCommits() throws {
    let scratch = try Scratch()
    let session = try TerminalSession()
    try session.command("stty -g > \(scratch.path("before"))")
    try opened(session, scratch)

    for _ in 1...20 { try session.press("s") }
    let stepped = try session.wait("twenty simulations") { $0.contains("sims 20") && !$0.contains("running") }
    let root = try #require(stepped.split(separator: "\n").first { $0.contains("pears-1") && $0.contains(" 20 ") })
    #expect(root.contains(" 20 "), "the root's N is 20")

    // A leaf is widened by hand.
    try session.press("G", "e")
    try session.wait("the question how many") { $0.contains("?") || $0.contains("children") }
    try session.press("Enter")
    let widened = try session.wait("more nodes") { (nodes($0) ?? 0) > (nodes(stepped) ?? 0) || $0.contains("terminal") }
    if (nodes(widened) ?? 0) > (nodes(stepped) ?? 0) {
      try session.press("u")
      try session.wait("the expansion undone") { nodes($0) == nodes(stepped) && simulations($0) == 20 }
    }

    // An option of one's own below the root, scored by every critic.
    try session.press("g", "i")
    try session.wait("the text field") { $0.contains("option") }
    try session.type("Mina has 10 + 6 = 17 pears.")
    try session.press("Enter")
    try session.wait("the inserted option scored") { simulations($0) == 21 }
    try session.press("u")
    try session.wait("the insertion undone") { simulations($0) == 20 && !$0.contains("= 17 pears") }

    // A pruned child gets no further visit.
    try session.press("g", "j", "x")
    try session.wait("the prune") { $0.contains("prun") }
    try session.press("u")

    try session.press("b", "c")
    try session.wait("the commit dialogue") { $0.lowercased().contains("commit") }
    try session.press("Enter")
    try session.wait("the commit") { $0.lowercased().contains("committed") }
    try session.press("q")
    try session.wait("the shell") { $0.contains("ready>") && !$0.contains("sims") }
    try session.command("stty -g > \(scratch.path("after")); echo written")
    try session.wait("stty") { $0.contains("written") }
    #expect(
      FileManager.default.contents(atPath: scratch.path("before")) == FileManager.default.contents(atPath: scratch.path("after")))

    let list = try Program.run(["dataset", "list", "--json", "--workspace", scratch.path("w.sqlite")])
    #expect(list.code == 0)
    #expect(list.lines.count == 1)
    #expect(list.output.contains("pears-1"))
  }
}
