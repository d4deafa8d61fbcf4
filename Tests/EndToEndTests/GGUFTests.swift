import Foundation
import Models
import Testing
import TreeInsight
import TreeSearch
import Workspace

/// GGUF files, served by llama.cpp's own server, which etascope starts and ends.
@Suite(.ownThread, .serialized, .enabled(if: LlamaPackages.areInstalled, LlamaPackages.missing))
struct GGUFTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func arguments(_ model: String, _ more: [String]) throws -> [String] {
    let configuration = try scratch.file("etascope.toml", LlamaPackages.policyConfiguration)
    return ["search", Program.problems("easy"), "--model", model, "--llama-server", LlamaPackages.command]
      + ["--config", configuration, "--workspace", scratch.path("w.sqlite")] + more
  }

  private func search(_ model: String, _ more: String...) throws -> Program.Outcome {
    try Program.run(arguments(model, more), environment: ["XDG_STATE_HOME": scratch.path("state")])
  }

  /// Options that a model wrote in a run have the log-probability of each of their bytes' tokens.
  private func expectLogProbabilities(_ workspace: Workspace, _ run: String) throws {
    let options = try workspace.events(of: run).flatMap { event -> [SearchOption] in
      guard case .answered(_, let answer) = event, case .options(let options) = answer.content else { return [] }
      return options
    }
    #expect(!options.isEmpty)
    for option in options where !option.bytes.isEmpty {
      #expect(!option.logProbabilities.isEmpty && option.logProbabilities.allSatisfy { $0 <= 0 && $0.isFinite })
    }
    #expect(options.contains { $0.logProbabilities.contains { $0 < 0 } })
  }

  private func expectSearched(_ result: Program.Outcome, simulations: Int) throws -> Workspace {
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.objects.count == 3)
    let workspace = try Workspace(path: scratch.path("w.sqlite"))
    for object in result.objects {
      #expect(object["simulations"] as? Int == simulations)
      #expect((object["tokens"] as? [String: Int])?["policy"] ?? 0 > 0)
      let run = try #require(object["run"] as? String)
      try expectLogProbabilities(workspace, run)
      #expect(try workspace.verify(run: run).problems == [])
      #expect(try workspace.run(run).header.models["policy.server"]?.contains("scores by grammar") == true)
    }
    return workspace
  }

  /// A model that is not ours, problems that are not our stories, the prompt and the critics that are the default.
  @Test(.enabled(if: LlamaPackages.hasGemma, "the Python package with Gemma 3 270M is not installed"))
  func longProblemsThroughGemma() throws {
    let result = try Program.run(
      [
        "search", try LongProblems.file(in: scratch), "--model", LlamaPackages.gemma, "--llama-server",
        LlamaPackages.command, "--workspace", scratch.path("w.sqlite"),
      ] + LongProblems.limits(tokens: 16), environment: ["XDG_STATE_HOME": scratch.path("state")])
    try LongProblems.expectEnded(result, tokens: 16, critics: ["prm", "orm", "calculator"])
    _ = try expectSearched(result, simulations: 2)
  }

  @Test func threeProblemsThroughTheEmbeddedModelAndACommit() throws {
    let result = try search(LlamaPackages.policy, "--first", "3", "--simulations", "40", "--json")
    let workspace = try expectSearched(result, simulations: 40)
    for object in result.objects {
      let prompts = try #require(object["prompts"] as? [String: Int])
      let (computed, reused) = (try #require(prompts["computed"]), try #require(prompts["reused"]))
      #expect(Double(reused) / Double(computed + reused) >= 0.6, "\(prompts)")
    }
    let run = try #require(result.object?["run"] as? String)
    try workspace.commit(run: run, node: try #require(try workspace.tree(of: run).bestPath().last))
    #expect(try Program.run(["dataset", "verify", "--workspace", scratch.path("w.sqlite")]).code == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path("state/etascope"))
    #expect(left == ["log"], "messages of a server that did its work are not kept")
  }

  @Test func theSummaryTellsWhatTheCacheSpared() throws {
    let result = try search(LlamaPackages.policy, "--first", "1", "--simulations", "40")
    let share = try #require(result.output.firstMatch(of: /(\d+) % of prompt tokens from a cache/)?.1)
    #expect(try #require(Int(share)) >= 60)
  }

  /// In process and through the server, whose tokenizer and arithmetic are others.
  @Test func logProbabilitiesAgree() async throws {
    let here = try EmbeddedModel(
      ModelFolder.load(Program.repository.appending(path: "SampleData/Models/policy").path(percentEncoded: false)))
    var settings = ServerSettings()
    (settings.prompt, settings.ends) = ("{question}\n", [])
    let server = try LlamaServer(
      GGUFFile(LlamaPackages.policy), command: LlamaCommand(LlamaPackages.command), logs: scratch.url)
    let there = try ServerModel(server, settings: settings)
    var compared = 0
    var worst = 0.0
    for problem in try ProblemFile.read(path: Program.problems("easy")).prefix(10).map(\.problem) {
      let prompt = here.prompt(for: problem.question)
      let drawn = try await here.sample(SampleRequest(prefix: prompt, count: 5, temperature: 1.5, seed: 3))
      for sample in drawn.samples {
        let own = try await here.logProbabilities(prefix: prompt, continuation: here.tokenize(sample.text))
        let other = try await there.logProbabilities(
          prefix: there.prompt(for: problem.question), continuation: there.tokenize(sample.text))
        #expect(own.logProbabilities.count == other.logProbabilities.count, "other tokens for '\(sample.text)'")
        for (a, b) in zip(own.logProbabilities, other.logProbabilities) { worst = max(worst, abs(a - b)) }
        compared += 1
      }
    }
    #expect(compared == 50)
    #expect(worst <= 1e-2)
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func aProgramThatIsEndedLeavesNoServer(_ signal: Int32) throws {
    let child = try Program.start(
      try arguments(LlamaPackages.policy, ["--simulations", "1000000", "--set", "width.root.maximum=1000"]))
    var servers: [pid_t] = []
    let searches = try Waiting.until {
      servers = LlamaPackages.servers(of: child.pid)
      let runs = try Program.run(["run", "list", "--json", "--workspace", scratch.path("w.sqlite")]).object
      return !servers.isEmpty && (runs?["events"] as? Int ?? 0) > 20
    }
    #expect(searches, "\(child.errors)")
    child.signal(signal)
    #expect(child.wait() == (signal == SIGKILL ? 128 + SIGKILL : 3))
    #expect(Waiting.until { servers.allSatisfy { kill($0, 0) != 0 } })
    #expect(try Program.run(["run", "verify", "--workspace", scratch.path("w.sqlite")]).code == 0)
  }

  @Test func aServerThatDiesIsStartedOnceMoreAndTheSearchGoesOn() throws {
    let child = try Program.start(
      try arguments(LlamaPackages.policy, ["--first", "1", "--simulations", "300", "--set", "width.root.maximum=300"]))
    var first: pid_t?
    #expect(
      try Waiting.until {
        first = LlamaPackages.servers(of: child.pid).first
        let runs = try Program.run(["run", "list", "--json", "--workspace", scratch.path("w.sqlite")]).object
        return first != nil && (runs?["events"] as? Int ?? 0) > 20
      }, "\(child.errors)")
    kill(try #require(first), SIGKILL)
    #expect(child.wait() == 0, "\(child.errors)")
    let run = try Program.run(["run", "list", "--json", "--workspace", scratch.path("w.sqlite")]).object
    #expect(run?["simulations"] as? Int == 300)
    #expect(try Program.run(["run", "verify", "--workspace", scratch.path("w.sqlite")]).code == 0)
  }

  @Test func theExplorerWaitsForTheModelAndCommits() throws {
    let session = try ExplorerSession()
    let configuration = try scratch.file("etascope.toml", LlamaPackages.policyConfiguration)
    try session.open(
      "--model \(LlamaPackages.policy) --config \(configuration) --llama-server '\(LlamaPackages.command)'")
    let servers = try session.terminal.processes().flatMap(LlamaPackages.servers)
    #expect(servers.count == 1)
    let stepped = try session.step(5)
    #expect(stepped.text.contains("policy"), "the model's name: \(stepped.text)")
    try session.terminal.press("b", "c")
    try session.wait("the commit form") { $0.text.contains("Enter commits") }
    try session.terminal.press("Enter")
    try session.wait("the commit") { $0.text.contains("committed as") }
    try session.quit()
    #expect(Waiting.until { servers.allSatisfy { kill($0, 0) != 0 } })
    #expect(try session.program("dataset", "list", "--json").objects.count == 1)
  }

  @Test func aModelThatTheServerRefusesIsExplained() throws {
    let broken = try scratch.file("broken.gguf", "GGUF\u{3}\0\0\0rubbish")
    let result = try search(broken)
    #expect(result.code == 1)
    #expect(result.message?.hasPrefix("etascope: \(broken): python3 ended with exit code 1 while it started: ") == true)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("w.sqlite")))
  }
}

/// What needs no server.
@Suite(.ownThread)
struct BadGGUFTests {
  @Test func aFileOfAnotherKindAndAMissingServerAreRefused() throws {
    let scratch = try Scratch()
    let text = try scratch.file("text.gguf", "no model, only a text\n")
    let model = try scratch.file("m.gguf", "GGUF\u{3}\0\0\0")
    for (model, said) in [
      (text, "\(text): expected a GGUF file"), (scratch.path("none.gguf"), "there is no such file"),
      (model, "no-such-server: no such program in PATH; install llama.cpp"),
    ] {
      let result = try Program.run([
        "search", Program.problems("easy"), "--model", model, "--llama-server", "no-such-server", "--workspace",
        scratch.path("w.sqlite"),
      ])
      #expect(result.code == 1)
      #expect(result.message?.contains(said) == true, "\(result.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("w.sqlite")))
  }
}
