import Foundation
import ServerFixture
import Testing

/// Critics that the configuration file describes, asked over a real socket.
@Suite(.ownThread)
struct ServedCriticTests {
  private static let problem =
    #"{"id":"p","question":"Ana has 3 apples and gets 4 more. How many has she?","answer":"7"}"#

  /// A server that believes " good" with 0.6 and " bad" with 0.2, and whose head says 0.8.
  private func server() throws -> LoopbackServer {
    let script = LlamaServerScript()
    let told = #"{"token":" good","logprob":\#(log(0.6))},{"token":" bad","logprob":\#(log(0.2))}"#
    return try LoopbackServer { request in
      if request.path == "/classify" { return .json(#"{"data":[{"index":0,"probs":[0.2,0.8]}]}"#) }
      guard request.path == "/completion", request.fields["n_probs"] as? Int == 20 else {
        return script.reply(to: request)
      }
      return .json(#"{"content":" good","completion_probabilities":[{"token":" good","top_logprobs":[\#(told)]}]}"#)
    }
  }

  @Test func eachIsARowOfItsOwnWithItsNote() throws {
    let (scratch, server) = (try Scratch(), try server())
    let configuration = try scratch.file(
      "etascope.toml",
      """
      [critic.prm]
      kind = "labels"
      model = "\(server.url)"
      good = "good"
      bad = "bad"
      [critic.head]
      kind = "classify"
      model = "\(server.url)"
      weight = 2
      [critic.agreement]
      kind = "consistency"
      samples = 2
      """)
    let workspace = ["--workspace", scratch.path("w.sqlite")]
    let result = try Program.run(
      ["search", scratch.file("p.jsonl", Self.problem), "--config", configuration, "--simulations", "3", "--json"]
        + workspace)
    #expect(result.code == 0, "\(result.errors)")
    let run = try #require(result.object?["run"] as? String)
    let exported = try Program.run(["run", "export", run, "--format", "json"] + workspace)
    let tree = try #require(exported.object)
    let nodes = try #require(tree["nodes"] as? [[String: Any]])
    let scores = try #require(nodes.last?["scores"] as? [String: Any])
    #expect(abs((scores["prm"] as? Double ?? 0) - 0.75) < 1e-9)
    #expect(scores["head"] as? Double == 0.8)
    #expect([0, 0.5, 1].contains(scores["agreement"] as? Double ?? -1))
    let header = try #require(tree["header"] as? [String: Any])
    let models = try #require(header["models"] as? [String: String])
    #expect(models["critic.prm"]?.hasPrefix("labels story ") == true)
    #expect(models["critic.head"] == "classify \(server.url)")
    #expect(models["critic.prm.server"]?.contains("log-probabilities") == true)
  }

  @Test(arguments: [
    ("kind = \"oracle\"", "critic.x.kind: expected one of labels, judge, consistency, pooling, classify, rerank"),
    ("model = \"a\"", "critic.x.kind: expected one of labels, judge, consistency, pooling, classify, rerank"),
    ("kind = \"pooling\"", "critic.x.model: expected the URL of the server that has the head"),
    ("kind = \"labels\"\ngood = \"no\"\nbad = \" no\"", "critic.x.good: expected two different words, good and bad"),
    ("kind = \"judge\"\nsamples = 0", "critic.x.samples: expected a number from 1 to 1,024"),
    ("kind = \"judge\"\nsize = 1", "critic.x.size: expected one of kind, model, prompt, good, bad, samples, "),
  ])
  func aTableThatCannotBeUsedIsRefused(_ fields: String, _ reason: String) throws {
    let scratch = try Scratch()
    let file = try scratch.file("etascope.toml", "[critic.x]\n\(fields)\n")
    let result = try Program.run([
      "search", try scratch.file("p.jsonl", Self.problem), "--config", file, "--workspace", scratch.path("w.sqlite"),
    ])
    #expect(result.code == 2)
    #expect(result.message?.hasPrefix("etascope: \(file): \(reason)") == true, "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("w.sqlite")))
  }
}
