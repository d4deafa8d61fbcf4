import Foundation
import ServerFixture
import Testing

@testable import Models

/// Labels among a server's most probable tokens.
struct LabelTests {
  private func top(_ body: String) throws -> TopTokens {
    try TopTokens(JSONObject(Data(body.utf8), file: "http://server"))
  }

  @Test func llamaServersListIsRead() throws {
    let read = try top(
      #"{"completion_probabilities":[{"id":1,"token":" True","bytes":[],"logprob":-0.5,"top_logprobs":["#
        + #"{"id":1,"token":" True","bytes":[],"logprob":-0.5},{"id":2,"token":"True","bytes":[],"logprob":-1.5},"#
        + #"{"id":3,"token":" Fal","bytes":[],"logprob":-2.0},{"id":4,"token":" The","bytes":[],"logprob":-4.0}]}],"#
        + #""timings":{"prompt_n":3,"cache_n":9}}"#)
    #expect((read.usage.prompted, read.usage.reused) == (3, 9))
    let beliefs = read.beliefs(of: [" True", " False", " Maybe"])
    #expect(abs(beliefs[0].bound - log(exp(-0.5) + exp(-1.5))) < 1e-12 && beliefs[0].isKnown)
    #expect(beliefs[1] == .known(-2))
    #expect(beliefs[2] == .atMost(-4))
  }

  @Test func bothOfOpenAIsShapesAreRead() throws {
    let lists = try top(
      #"{"choices":[{"text":" +","logprobs":{"tokens":[" +"],"token_logprobs":[-0.1],"#
        + #""top_logprobs":[{" +":-0.1," -":-3.0}]}}],"usage":{"prompt_tokens":12,"completion_tokens":1}}"#)
    #expect(lists.beliefs(of: ["+", "-"]) == [.known(-0.1), .known(-3)])
    #expect(lists.usage.prompted == 12)
    let objects = try top(
      #"{"choices":[{"logprobs":{"content":[{"token":"+","logprob":-0.1,"top_logprobs":["#
        + #"{"token":"+","logprob":-0.1},{"token":"-","logprob":-3.0}]}]}}]}"#)
    #expect(objects.beliefs(of: ["+", "-"]) == [.known(-0.1), .known(-3)])
    #expect(try top(#"{"choices":[{"text":"x"}]}"#).tokens.isEmpty)
    let some = try top(#"{"choices":[{"logprobs":{"top_logprobs":[{"a":"low","b":-1.0,"c":null}]}}]}"#)
    #expect(some.tokens.map(\.text) == ["b"], "what is no log-probability is left out")
  }

  /// What begins two labels speaks for neither.
  @Test func aTokenThatBeginsBothLabelsCountsForNone() throws {
    let read = try top(
      #"{"choices":[{"logprobs":{"top_logprobs":[{" cor":-0.2," correct":-2.0," corrupt":-5.0}]}}]}"#)
    #expect(read.beliefs(of: ["correct", "corrupt"]) == [.known(-2), .known(-5)])
  }

  @Test func aServerIsAskedOncePerState() async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      guard request.path == "/completion", request.fields["n_probs"] as? Int == TopTokens.count else {
        return script.reply(to: request)
      }
      return .json(
        #"{"content":" True","stop":true,"stop_type":"limit","completion_probabilities":[{"id":0,"token":" True","#
          + #""logprob":-0.5,"top_logprobs":[{"id":0,"token":" True","logprob":-0.5}]}]}"#)
    }
    let model = try ServerModel(urls: [server.url])
    let results = try await model.likelihoods(
      of: [" True", " False"], after: [model.tokenize("a"), model.tokenize("b")])
    #expect(results.map(\.beliefs) == Array(repeating: [.known(-0.5), .atMost(-0.5)], count: 2))
    let asked = server.requests.filter { $0.fields["n_probs"] as? Int == TopTokens.count }
    #expect(Set(asked.compactMap { $0.fields["prompt"] as? String }) == ["a", "b"])
  }
}
