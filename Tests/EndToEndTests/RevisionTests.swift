import Foundation
import ServerFixture
import Synchronization
import Testing

/// A step is written anew: by a person in a terminal, by a model behind a server that is told why, and by the rule of a run.
@Suite(.ownThread)
struct RevisionTests {
  @Test func aPersonRevisesAStepInATerminal() throws {
    let session = try ExplorerSession(ExplorerSession.babble)
    try session.open()
    try session.step(2)
    try session.terminal.press("g", "j", "I")
    try session.wait("the question why") { $0.text.contains("What speaks against node 1") }
    try session.terminal.press("C-u")
    try session.terminal.type("it does not count the packs")
    try session.terminal.press("Enter")
    let revised = try session.wait("the revision judged") { $0.simulations == 3 && $0.isQuiet }
    #expect((revised.nodes ?? 0) >= 4)
    try session.quit()
    let run = try #require(try session.program("run", "list", "--json").object?["run"] as? String)
    let told = try session.program("run", "replay", run).output
    #expect(told.contains("revise node 1: it does not count the packs"), "\(told)")
  }

  /// What the server is shown holds the step and what speaks against it, in the words of the prompt file.
  @Test func aServersModelIsToldWhy() throws {
    let seen = Mutex<[String]>([])
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      seen.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
      return script.reply(to: request)
    }
    let session = try ExplorerSession()
    let prompt = try session.scratch.file(
      "own.toml", "prompt = \"\"\"Q: {question}\n\"\"\"\nrevise = \"\"\"{question} NOT {step} FOR {objection}\"\"\"\n")
    try session.open("--model \(server.url) --prompt \(prompt)")
    try session.step(2)
    try session.terminal.press("g", "j", "I")
    try session.wait("the question why") { $0.text.contains("What speaks against node 1") }
    try session.terminal.press("C-u")
    try session.terminal.type("count the packs")
    try session.terminal.press("Enter")
    try session.wait("the answer of the server") { _ in
      seen.withLock { $0.contains { $0.contains("FOR count the packs") } }
    }
    #expect(seen.withLock { $0.contains { $0.contains(" NOT ") && $0.contains("FOR count the packs") } })
    try session.quit()
  }

  @Test func aPromptFileSaysHow() throws {
    let scratch = try Scratch()
    let file = try scratch.file("p.toml", "prompt = \"{question}\"\nrevise = \"{question} again\"\n")
    let refused = try Program.run([
      "search", Program.problems("test"), "--first", "1", "--model", "http://127.0.0.1:9", "--prompt", file,
    ])
    #expect(
      refused.code != 0 && refused.errors.contains("revise: expected a text with {question} and {objection} in it"))
  }

  @Test func refineIsAMethod() throws {
    let outcome = try Program.run([
      "evaluate", Program.problems("test"), "--first", "3", "--methods", "refine,bestOfN,worstStep,merged", "--budgets",
      "4", "--json",
    ])
    try #require(outcome.code == 0, "\(outcome.errors)")
    let rows = outcome.objects
    #expect(rows.map { $0["method"] as? String } == ["bestOfN", "worstStep", "merged", "refine"])
    // The same solutions for the same tokens, from which each chooses for itself.
    let sampled = rows.prefix(3)
    #expect(Set(sampled.compactMap { $0["tokensPerProblem"] as? Double }).count == 1)
    for row in rows {
      #expect((row["tokensPerProblem"] as? Double ?? .infinity) <= (row["budgetTokens"] as? Double ?? 0) + 1e-9)
    }
  }

  /// Every method with the tools, and every method without.
  @Test func toolsAreForAllOrForNone() throws {
    func tokens(_ tools: String) throws -> [String: Double] {
      let outcome = try Program.run([
        "evaluate", Program.problems("hard"), "--first", "4", "--methods", "bestOfN,search", "--budgets", "8",
        "--tools", tools,
        "--preset", "etascope", "--json",
      ])
      try #require(outcome.code == 0, "\(outcome.errors)")
      return Dictionary(
        outcome.objects.map { ($0["method"] as? String ?? "", $0["nodesPerProblem"] as? Double ?? 0) },
        uniquingKeysWith: { first, _ in first })
    }
    let (on, off) = (try tokens("on"), try tokens("off"))
    // What a tool refutes is drawn again and paid for: other solutions, and not as many.
    #expect(on["bestOfN"] != off["bestOfN"], "\(on) \(off)")
    #expect(try Program.run(["evaluate", Program.problems("test"), "--tools", "maybe"]).code == 2)
  }
}
