import Foundation
import ServerFixture
import Synchronization
import Testing

@testable import Models

/// Everything that a server can do wrong: what it is called, and whether it is tried again.
struct ServerFaultTests {
  /// Answers rightly until told otherwise.
  private final class Fixture: Sendable {
    let server: LoopbackServer
    let model: ServerModel
    private let fault: Fault

    final class Fault: Sendable {
      let reply = Mutex<(@Sendable (LoopbackServer.Request) -> LoopbackServer.Reply?)?>(nil)
    }

    init(_ change: (inout ServerSettings) -> Void = { _ in }) async throws {
      let fault = Fault()
      let script = LlamaServerScript()
      server = try LoopbackServer { request in
        fault.reply.withLock { $0 }?(request) ?? script.reply(to: request)
      }
      self.fault = fault
      var settings = ServerSettings()
      (settings.prompt, settings.ends) = ("Q: {question}\nA:\n", [])
      (settings.firstDelay, settings.longestDelay, settings.attempts) = (0.001, 0.01, 3)
      change(&settings)
      model = try ServerModel(urls: [server.url], settings: settings)
      try await model.connect()
    }

    /// From now on `/completion` is answered so; `asked` is called each time.
    func fails(_ reply: LoopbackServer.Reply, asked: @escaping @Sendable () -> Void = {}) {
      fault.reply.withLock {
        $0 = { request in
          guard request.path == "/completion" else { return nil }
          asked()
          return reply
        }
      }
    }

    /// Only the first request from now on is answered so.
    func failsOnce(_ reply: LoopbackServer.Reply) {
      let isLeft = Once(true)
      fault.reply.withLock { $0 = { $0.path == "/completion" && isLeft.take() ? reply : nil } }
    }

    private final class Once: Sendable {
      private let value: Mutex<Bool>
      init(_ value: Bool) { self.value = Mutex(value) }
      func take() -> Bool {
        value.withLock { value in
          defer { value = false }
          return value
        }
      }
    }

    func sample() async throws -> SampleResult {
      try await model.sample([SampleRequest(prefix: model.prompt(for: "How many?"), seed: 1)])[0]
    }

    /// The error of a request, and how often it was sent.
    func failure() async throws -> (error: ServerError, sent: Int) {
      let before = completions
      let error = await #expect(throws: ServerError.self) { try await sample() }
      return (try #require(error), completions - before)
    }

    var completions: Int { server.requests.count { $0.path == "/completion" } }
  }

  private static let token =
    #"{"index":0,"content":" a","stop":false,"completion_probabilities":[{"id":1,"bytes":[32,97],"logprob":LOGP}]}"#

  private static func token(_ logProbability: String) -> String {
    token.replacingOccurrences(of: "LOGP", with: logProbability)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let reply: LoopbackServer.Reply
    let reason: ServerError.Reason
    let words: String
    let sent: Int
    var testDescription: String { "\(reason.rawValue): \(words)" }
  }

  static let cases: [Case] = [
    // Where a connection that was used before is closed without a word, libcurl asks once more over a new one.
    Case(reply: .hangUp, reason: .cut, words: "connection was closed before its end", sent: 6),
    Case(
      reply: .events([token("-1"), token("-1")], cutAfter: 1), reason: .cut,
      words: "connection was closed before its end", sent: 3),
    // Whole for HTTP, and yet the last event is missing.
    Case(reply: .events([token("-1")]), reason: .cut, words: "connection was closed before its end", sent: 3),
    Case(
      reply: .answer(status: 429, headers: ["Retry-After": "0"], body: #"{"error":"slow down"}"#), reason: .busy,
      words: "got 429: slow down", sent: 3),
    Case(
      reply: .answer(status: 500, body: #"{"error":{"message":"out of memory"}}"#), reason: .failed,
      words: "got 500: out of memory", sent: 3),
    Case(
      reply: .events([#"{"error":{"code":500,"message":"slot lost"}}"#]), reason: .failed, words: "slot lost", sent: 3),
    Case(
      reply: .answer(status: 200, headers: ["Content-Type": "text/html"], body: "<html>\nWelcome\n</html>"),
      reason: .notJSON, words: "expected JSON, got a text of type text/html: <html> Welcome </html>", sent: 3),
    Case(reply: .json("[1, 2]"), reason: .shape, words: "expected a JSON object", sent: 3),
    Case(
      reply: .json(#"{"completion_probabilities":"none"}"#), reason: .shape,
      words: "completion_probabilities: expected an array of objects", sent: 3),
    Case(
      reply: .json(#"{"index":7,"content":"a","stop":true,"stop_type":"eos"}"#), reason: .shape,
      words: "index: expected 0…0, got 7", sent: 3),
    Case(reply: .json("{}"), reason: .empty, words: "expected 1 continuations, got none", sent: 3),
    Case(reply: .events([]), reason: .empty, words: "expected 1 continuations, got none", sent: 3),
    Case(
      reply: .json(#"{"content":"","stop":true,"stop_type":"limit"}"#), reason: .empty,
      words: "expected a continuation, got an empty one", sent: 3),
    Case(
      reply: .answer(status: 400, body: #"{"error":{"message":"maximum context length is 10 tokens"}}"#),
      reason: .contextOverflow, words: "maximum context length", sent: 1),
    Case(
      reply: .answer(status: 401, body: #"{"error":{"message":"Invalid API Key"}}"#), reason: .forbidden,
      words: "Invalid API Key", sent: 1),
    Case(
      reply: .answer(status: 302, headers: ["Location": "http://elsewhere/"], body: ""), reason: .rejected,
      words: "expected status 200, got 302", sent: 1),
  ]

  @Test(arguments: cases)
  func isNamedAndTriedAgainWhereThatMayHelp(_ fault: Case) async throws {
    let fixture = try await Fixture()
    fixture.fails(fault.reply)
    let (error, sent) = try await fixture.failure()
    #expect(error.reason == fault.reason)
    #expect(error.description.hasPrefix("\(fixture.server.url): "))
    #expect(error.description.contains(fault.words), "\(error.description)")
    #expect(sent == fault.sent)
  }

  @Test(arguments: cases.filter { $0.sent > 1 })
  func whatPassesLeavesNoTrace(_ fault: Case) async throws {
    let fixture = try await Fixture()
    let right = try await fixture.sample()
    fixture.failsOnce(fault.reply)
    let again = try await fixture.sample()
    #expect(again.samples == right.samples)
    #expect(again.usage == right.usage)
    #expect(fixture.model.sampled == right.usage + right.usage)
  }

  @Test func nobodyListens() async throws {
    let fixture = try await Fixture()
    fixture.server.stop()
    let (error, _) = try await fixture.failure()
    #expect(error.reason == .refused)
    #expect(error.description == "\(fixture.server.url): expected a server, the connection was refused")
  }

  @Test func aServerThatComesBackIsUsedAgain() async throws {
    let fixture = try await Fixture()
    let right = try await fixture.sample()
    fixture.server.stop()
    _ = try await fixture.failure()
    try fixture.server.start()
    #expect(try await fixture.sample() == right)
  }

  @Test func silenceIsEndedAndCalledSlow() async throws {
    let fixture = try await Fixture { $0.idleSeconds = 0.2 }
    fixture.fails(.silence)
    let (error, sent) = try await fixture.failure()
    #expect((error.reason, sent) == (.slow, 3))
    #expect(error.description.hasSuffix("/completion: expected an answer, nothing came for 0.2 s"))
  }

  @Test func plainTextWhereTheConnectionShouldBeEncrypted() async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { script.reply(to: $0) }
    let model = try ServerModel(urls: ["https://127.0.0.1:\(server.port)"])
    let error = await #expect(throws: ServerError.self) { try await model.connect() }
    #expect(error?.reason == .tls, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func cancellationEndsAWaitingRequestAtOnce() async throws {
    let fixture = try await Fixture()
    let (asked, ask) = AsyncStream<Void>.makeStream()
    fixture.fails(.silence) { ask.yield() }
    let task = Task { try await fixture.sample() }
    for await _ in asked { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func retryAfterIsHeeded() {
    func seconds(_ value: String) -> Double? {
      StatusError(429, ["retry-after": value], Data()).error("url", "/").retryAfter
    }
    #expect(seconds("7") == 7)
    #expect(seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0)
    #expect(seconds("soon") == nil)
    #expect(seconds("-1") == nil)
  }
}
