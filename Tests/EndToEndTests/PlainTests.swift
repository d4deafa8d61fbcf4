import Foundation
import Testing

/// The explorer as lines.
@Suite(.ownThread)
struct PlainTests {
  /// What was said, on a workspace that lives as long.
  private struct Talk {
    let output: String
    let code: Int32
    let scratch: Scratch
    var workspace: String { scratch.path("w.sqlite") }
  }

  private func talk(_ lines: [String], _ options: String = "") throws -> Talk {
    let scratch = try Scratch()
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let said = try scratch.file("said", lines.map { $0 + "\n" }.joined())
    let result = try Program.shell(
      "\"$0\" explore --plain \(problem) --workspace \(scratch.path("w.sqlite")) \(options) < \(said)")
    #expect(result.errors.isEmpty, "\(result.errors)")
    #expect(result.lines.allSatisfy { Program.isHarmless($0) })
    return Talk(output: result.output, code: result.code, scratch: scratch)
  }

  @Test func aStoryIsToldInWords() throws {
    let talk = try talk([
      "step", "step", "children", "down", "expand 2", "prune", "undo", "why", "wait", "run", "wait", "best leaf",
      "path", "commit",
      "checked", "nonsense word", "quit",
    ])
    #expect(talk.code == 0)
    for words in [
      "The root, problem story-1: Ivy has 6 apples.", "0 simulations, 1 node, 0 tokens, idle.",
      "1 simulation, 2 nodes,",
      "Node 1, place 1", "node 1 pruned", "undone: node 1 pruned",
      "would be selected next", "done.", "Step 1, node 1:", "Commits the trajectory to node", "committed as",
      "No command is called 'nonsense word'",
    ] {
      #expect(talk.output.contains(words), "\(words) in\n\(talk.output)")
    }
    #expect(try Program.run(["run", "verify", "--workspace", talk.workspace]).code == 0)
    #expect(try Program.run(["dataset", "list", "--workspace", talk.workspace]).lines.count == 1)
  }

  @Test func everyQuestionCanBeAnsweredOrLeft() throws {
    let talk = try talk([
      "step", "down", "expand", "many", "3", "override", "prm 0.25", "insert", "cancel", "filter n>", "cancel", "copy",
      "p",
      "help bookmark", "settings",
    ])
    #expect(talk.code == 0)
    for words in [
      "Children to add below node 1: 1 to 64? Or cancel.", "expected a number from 1 to 64.",
      "3 simulations,",
      "Type a critic and a score", "node 1: prm 0.97 → 0.25", "Your option below node 1", "Cancelled.",
      "bookmark: Sets a bookmark",
      "selection.exploration: ",
    ] {
      #expect(talk.output.contains(words), "\(words) in\n\(talk.output)")
    }
  }

  @Test func phasesAreTaughtInWords() throws {
    let talk = try talk(Array(repeating: "step", count: 4) + Array(repeating: "phase", count: 9) + ["back"], "--teach")
    #expect(talk.code == 0)
    for words in ["Select, level 1", "Q + c sqrt(ln N / n) =", "Next, "] {
      #expect(talk.output.contains(words), "\(talk.output)")
    }
  }

  @Test func aSearchIsToldPhaseByPhase() throws {
    let scratch = try Scratch()
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let arguments = ["search", problem, "--workspace", scratch.path("w.sqlite"), "--simulations", "3", "--teach"]
    let told = try Program.run(arguments + ["--set", "width.root.minimum=2", "--set", "width.root.maximum=2"])
    #expect(told.code == 0, "\(told.errors)")
    for words in [
      "Select ends at node 0.", "Widen: an option joins", "Evaluate: what is node 1 worth?\n", "reward = (",
      ": the root.",
    ] {
      #expect(told.output.contains(words), "\(words) in\n\(told.output)")
    }
    #expect(told.lines.filter { $0.hasPrefix("Back up") && $0.hasSuffix("the root.") }.count == 3)
    #expect(told.output.contains("Q + c sqrt(ln N / n) ="))
    #expect(try Program.run(arguments + ["--json"]).code == 2)
  }

  @Test func aTerminalWithoutACursorIsEnough() throws {
    let session = try ExplorerSession()
    try session.terminal.command("clear; env TERM=dumb \(session.line("--plain")); echo \"ended with $?.\"")
    try session.terminal.wait("the place") { $0.contains("Type a command; help lists them.") }
    try session.terminal.command("step")
    try session.terminal.wait("the step") { $0.contains("1 simulation,") }
    let program = try session.terminal.program()
    #expect(kill(program, SIGTERM) == 0)
    try session.terminal.wait("the end") { $0.contains("ended with 3.") }
    #expect(try session.program("run", "verify").code == 0)
  }
}
