import Foundation
import Testing
import TreeSearch
import Workspace

/// A server without log-probabilities, `n`, prefill or log: `transformers serve`, as completions and as a chat.
@Suite(.ownThread, .serialized, .enabled(if: ServingPackages.areInstalled, ServingPackages.missing))
struct TransformersServeTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let completions = "[server]\nprompt = \"{question}\\n\"\nends = []\n"
  private static let chat = "[server]\ninterface = \"chat\"\nprompt = \"{question}\"\nends = []\n"

  private func run(_ command: [String], _ server: TransformersServer, _ settings: String) throws -> Program.Outcome {
    let configuration = try scratch.file("etascope.toml", settings)
    return try Program.run(
      command + ["--model", server.url, "--config", configuration, "--workspace", scratch.path("w.sqlite")])
  }

  /// Every problem ended, with a run that verifies and says what its server could do.
  private func expectSearched(_ result: Program.Outcome, problems: Int, simulations: Int, _ interface: String) throws {
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.objects.count == problems)
    let workspace = try Workspace(path: scratch.path("w.sqlite"))
    for object in result.objects {
      #expect(object["simulations"] as? Int == simulations)
      #expect((object["tokens"] as? [String: Int])?["policy"] ?? 0 > 0)
      let run = try #require(object["run"] as? String)
      #expect(try workspace.verify(run: run).problems == [])
      let about = try workspace.run(run).header.models["policy.server"]
      #expect(about?.contains(interface) == true && about?.contains("no log-probabilities") == true, "\(about ?? "")")
    }
  }

  @Test func completionsInThePolicysOwnPrompt() throws {
    let server = try TransformersServer(scratch)
    let doctor = try run(["doctor", "--json"], server, Self.completions)
    let found = doctor.objects.first { $0["part"] as? String == "server" }
    #expect(found?["verdict"] as? String == "limited")
    #expect((found?["detail"] as? String)?.contains("completions, no log-probabilities") == true, "\(doctor.output)")
    let result = try run(
      ["search", Program.problems("easy"), "--first", "2", "--simulations", "4", "--json"], server, Self.completions)
    try expectSearched(result, problems: 2, simulations: 4, "completions")
    for object in result.objects {
      let path = try #require(object["path"] as? [String])
      #expect(path.contains { $0.contains(" = ") }, "it wrote formulas: \(path)")
    }
  }

  /// What is far from all that the model knows ends as well; and a prompt that does not suit it is named, in words and as data.
  @Test func longProblemsEndAndAModelThatWritesNothingIsNamed() throws {
    let server = try TransformersServer(scratch)
    let long = try run(
      ["search", try LongProblems.file(in: scratch), "--prompt", "plain"] + LongProblems.limits(tokens: 32), server, "")
    try LongProblems.expectEnded(long, tokens: 32, critics: ["calculator"])
    let easy = ["search", Program.problems("easy"), "--first", "1", "--simulations", "4"]
    let mute = try run(easy + ["--json"], server, "")
    #expect(mute.code == 0, "\(mute.errors)")
    let findings = mute.object?["findings"] as? [[String: Any]] ?? []
    #expect(findings.map { $0["kind"] as? String } == ["writesNothing"])
    #expect(mute.object?["answer"] is NSNull)
    #expect(mute.errors.contains("the model writes nothing after the prompt: another one may suit it (--prompt)"))
    let doctor = try run(["doctor", "--json"], server, "").objects
    let step = doctor.first { $0["part"] as? String == "probe" && $0["subject"] as? String == "first step" }
    #expect(step?["seen"] as? String == "nothing is written to the prompt")
    #expect(step?["verdict"] as? String == "limited")
  }

  @Test func aChatOfTheSameModel() throws {
    let server = try TransformersServer(scratch)
    let result = try run(
      [
        "search", Program.problems("easy"), "--first", "1", "--simulations", "2", "--json", "--set", "rollout.count=1",
        "--set", "rollout.maximumTokens=32", "--set", "option.maximumTokens=32", "--set", "depth.maximum=4",
      ], server, Self.chat)
    try expectSearched(result, problems: 1, simulations: 2, "chat")
  }
}
