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
