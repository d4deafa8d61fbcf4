import Foundation
import ServerFixture
import Testing

@testable import Models

/// Paths that are not there, or elsewhere; models that are called otherwise.
struct OddPathTests {
  typealias Reply = LoopbackServer.Reply

  static let notThere: [Reply] = [
    .json(#"{"error":"Unexpected endpoint or method. (GET /props)"}"#),
    .json(#"{"error":{"message":"no such path"}}"#),
    .answer(status: 200, headers: ["Content-Type": "text/html"], body: "<!doctype html><title>Welcome</title>"),
    .answer(status: 200, headers: ["Content-Type": "text/plain"], body: "Ollama is running"),
    .json("[1, 2]"), .json(#""ok""#), .json(""), .hangUp,
    .answer(status: 401, body: #"{"error":{"message":"admin only"}}"#), .answer(status: 403, body: "no"),
    .answer(status: 404, body: "404 page not found"), .answer(status: 405, body: #"{"detail":"Method Not Allowed"}"#),
    .answer(status: 429, headers: ["Retry-After": "3600"], body: #"{"error":"slow down"}"#),
    .answer(status: 500, body: "Internal Server Error"), .answer(status: 501, body: "Not Implemented"),
    .answer(status: 302, headers: ["Location": "/login"], body: ""),
  ]

  @Test(arguments: notThere.indices)
  func anOptionalPathThatIsNotThereIsNotThere(_ index: Int) async throws {
    let odd = try OddServer { script in
      script.missing = Self.notThere[index]
      script.others = ["/props": Self.notThere[index]]
    }
    let can = try await odd.model.connect()
    #expect((can.model, can.interface) == ("odd", .completions))
    #expect(try await odd.sample().text == OddServer.lines[0])
    #expect(odd.seen("/props").count == 1)
  }

  @Test(arguments: [
    (401, "no key"), (403, "forbidden"), (405, "Method Not Allowed"), (429, "slow down"), (500, "oops"), (501, "later"),
  ])
  func withoutAListTheNameIsAskedFor(_ status: Int, _ words: String) async throws {
    let list = Reply.answer(status: status, body: #"{"error":{"message":"\#(words)"}}"#)
    let unnamed = try OddServer { $0.others = ["/v1/models": list, "/models": list] }
    let error = await #expect(throws: ServerError.self) { try await unnamed.model.connect() }
    #expect(error?.description.contains("as in \(unnamed.server.url)#NAME") == true, "\(error.map { "\($0)" } ?? "")")
    #expect(error?.isRetryable == false)
    let named = try OddServer(url: "#large") { $0.others = ["/v1/models": list, "/models": list] }
    #expect(try await named.model.connect().model == "large")
    #expect(named.drawn.allSatisfy { $0.fields["model"] as? String == "large" })
  }

  @Test func whereCompletionsAreRefusedTooItIsTheKey() async throws {
    let odd = try OddServer(url: "#large") { $0.key = "right" }
    let error = await #expect(throws: ServerError.self) { try await odd.model.connect() }
    #expect((error?.reason, error?.detail.contains("no such key")) == (.forbidden, true))
    let unnamed = try OddServer { $0.key = "right" }
    let other = await #expect(throws: ServerError.self) { try await unnamed.model.connect() }
    #expect(other?.reason == .forbidden)
    let right = try OddServer(key: ServerKey("right")) { $0.key = "right" }
    #expect(try await right.model.connect().model == "odd")
  }

  @Test(arguments: [
    ("/v1beta/openai", "/v1beta/openai"), ("/inference", "/inference"), ("/api/paas/v4", "/api/paas/v4"), ("", ""),
    ("", "/v1"), ("/v1", "/v1"), ("/v1/", "/v1"), ("/v1/chat/completions", "/v1"), ("/v1/completions/", "/v1"),
    ("/v1/models", "/v1"), ("/docs", "/v1"), ("/proxy/v1", "/proxy/v1"), ("/proxy", "/proxy/v1"),
    ("/v1beta/openai/chat/completions", "/v1beta/openai"), ("/api/paas/v4/chat/completions", "/api/paas/v4"),
    ("/inference/models", "/inference"), ("/openai/v1/", "/openai/v1"), ("//v1//", "/v1"), ("/api/tags", "/v1"),
  ])
  func thePathIsUnderstood(_ given: String, _ real: String) async throws {
    for isListed in [true, false] {
      let odd = try OddServer(url: given + "#odd") {
        $0.prefix = real
        if !isListed { $0.models = nil }
      }
      try await odd.model.connect()
      #expect(try await odd.sample().text == OddServer.lines[0])
      #expect(odd.server.requests.last?.path == real + "/completions")
    }
  }

  @Test func whereNothingIsFoundWhatWasTriedIsSaid() async throws {
    let odd = try OddServer(url: "/inference#odd") { ($0.hasCompletions, $0.models) = (false, nil) }
    let error = await #expect(throws: ServerError.self) { try await odd.model.connect() }
    let words = error?.description ?? ""
    for path in ["/v1/completions", "/v1/chat/completions", "404"] { #expect(words.contains(path), "\(words)") }
    #expect(odd.server.requests.count < 20)
  }

  @Test(arguments: [
    ("llama3.2", ["llama3.2:latest", "qwen3:8b"], "llama3.2:latest"),
    ("llama3.2", ["llama3.2:1b", "qwen3:8b"], "llama3.2:1b"),
    ("llama3.2", ["llama3.2:1b", "llama3.2:latest"], "llama3.2:latest"),
    ("LLAMA3.2:1B", ["llama3.2:1b", "llama3.2:latest"], "llama3.2:1b"),
    ("qwen2.5-7b-instruct", ["Qwen/Qwen2.5-7B-Instruct", "other"], "Qwen/Qwen2.5-7B-Instruct"),
    ("qwen3:latest", ["qwen3", "other"], "qwen3"), ("Exact", ["exact", "Exact"], "Exact"),
  ])
  func aNameNeedNotBeSpelledOut(_ given: String, _ listed: [String], _ meant: String) async throws {
    let odd = try OddServer(url: "#" + given) { $0.models = listed }
    #expect(try await odd.model.connect().model == meant)
    #expect(odd.drawn.allSatisfy { $0.fields["model"] as? String == meant })
  }

  @Test(arguments: [("llama3.2", ["llama3.2:1b", "llama3.2:3b"]), ("EXACT", ["exact", "Exact"])])
  func anAmbiguousNameIsRefusedWithTheCandidates(_ given: String, _ listed: [String]) async throws {
    let odd = try OddServer(url: "#" + given) { $0.models = listed }
    let error = await #expect(throws: ServerError.self) { try await odd.model.connect() }
    #expect(error?.description.contains("\(given) may mean: \(listed.joined(separator: ", "))") == true)
    let wrong = try OddServer(url: "#llama3.2:70b") { $0.models = ["llama3.2:1b", "llama3.2:latest"] }
    let other = await #expect(throws: ServerError.self) { try await wrong.model.connect() }
    #expect(other?.description.contains("the server has llama3.2:1b, llama3.2:latest") == true)
  }
}
