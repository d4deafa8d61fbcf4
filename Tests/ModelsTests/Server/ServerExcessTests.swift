import Foundation
import ServerFixture
import Synchronization
import Testing

@testable import Models

/// Servers that send more than anybody asked for, or never end: a named failure each, and no more memory than a little.
struct ServerExcessTests {
  private static let stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

  /// What comes of reading `reply` to its end, as far as it has one.
  private func failure(
    _ reply: LoopbackServer.Reply, idle: Double = 60, whole: Double? = nil, longest: Int = 256 << 20
  ) async throws -> HTTPTransport.Failure? {
    let server = try LoopbackServer { _ in reply }
    let http = HTTPTransport()
    do {
      for try await _ in http.events(
        .init(url: server.url, headers: [], body: nil, idle: idle, whole: whole, longestBody: longest))
      {}
      return nil
    } catch let failure as HTTPTransport.Failure {
      return failure
    }
  }

  private func words(_ failure: HTTPTransport.Failure?) -> String {
    switch failure {
    case .excess(let words): words
    case .transfer(let code, let words, _): "\(code): \(words)"
    case .idle: "idle"
    case nil: "none"
    }
  }

  @Test func aBodyWithoutEndIsCutWhereTheLimitLies() async throws {
    let comments = LoopbackServer.Reply.flood(start: Self.stream, piece: String(repeating: ": hush\n", count: 10_000))
    let failure = try await failure(comments, longest: 8 << 20)
    #expect(words(failure) == "expected an answer of at most 8 MB")
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\n", "X-A: 1\r\n"), ("HTTP/1.1 200 OK\r\n", "X-A: \(String(repeating: "y", count: 9000))\r\n"),
    ("", "HTTP/1.1 100 Continue\r\n\r\n"), ("", "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"),
  ])
  func aHeadWithoutEndIsCut(_ start: String, _ piece: String) async throws {
    let failure = try await failure(.flood(start: start, piece: piece))
    #expect(words(failure) == "expected a head of at most 64 KB")
  }

  @Test func aLineOfTheHeadWithoutEndIsCutByLibcurl() async throws {
    let server = try LoopbackServer { _ in .flood(start: "HTTP/1.1 200 OK\r\nX: ", piece: "yyyyyyyy") }
    var settings = ServerSettings()
    settings.attempts = 1
    let model = try ServerModel(urls: [server.url], settings: settings)
    let error = await #expect(throws: ServerError.self) { try await model.connect() }
    #expect(error?.reason == .excess, "\(error.map { "\($0)" } ?? "")")
    #expect(error?.isRetryable == false && error?.permanence != nil)
  }

  @Test func anAnswerThatNeverEndsIsGivenUp() async throws {
    let drip = LoopbackServer.Reply.flood(start: Self.stream, piece: ":\n") { _ in usleep(2_000) }
    #expect(words(try await failure(drip, whole: 0.3)) == "expected a whole answer within 0.3 s")
    let fast = LoopbackServer.Reply.flood(start: Self.stream, piece: ":\n")
    #expect(words(try await failure(fast, whole: 0.3)) == "expected a whole answer within 0.3 s")
  }

  /// A server that is faster than its reader has to wait: what it sends before he reads fits into buffers of the system.
  @Test func aFastServerWaitsForItsReader() async throws {
    let sent = Mutex(0)
    let piece = String(repeating: ": hush\n", count: 10_000)
    let server = try LoopbackServer { _ in
      .flood(start: Self.stream, piece: piece) { count in sent.withLock { $0 = count } }
    }
    let http = HTTPTransport()
    let events = http.events(.init(url: server.url, headers: [], body: nil, idle: 60, longestBody: 1 << 30))
    // It is full as soon as it refuses something.
    #expect(await eventually { events.queue.isFull })
    var read = 0
    for try await event in events {
      guard case .data(let data) = event else { continue }
      if read == 0 { #expect(sent.withLock { $0 } < 64 << 20) }
      // Nothing is lost or doubled where it waited.
      #expect(data.enumerated().allSatisfy { $0.element == Array(": hush\n".utf8)[(read + $0.offset) % 7] })
      read += data.count
      if read > 24 << 20 { break }
    }
    #expect(read > 24 << 20)
  }

  @Test func tokensPastWhatWasAskedForAreAFailure() async throws {
    let token = #"data: {"index":0,"content":" a","stop":false}"# + "\n\n"
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      request.path == "/completion" && (request.fields["n_predict"] as? Int ?? 0) > 60
        ? .flood(start: Self.stream, piece: token) : script.reply(to: request)
    }
    var settings = ServerSettings()
    (settings.attempts, settings.thinkingTokens) = (2, 100)
    (settings.prompt, settings.ends) = ("Q: {question}\nA:\n", [])
    let model = try ServerModel(urls: [server.url], settings: settings)
    try await model.connect()
    let error = await #expect(throws: ServerError.self) {
      try await model.sample([
        SampleRequest(prefix: model.prompt(for: "How many?"), maximumTokens: 64, end: .text, seed: 1)
      ])
    }
    #expect(error?.reason == .excess)
    #expect(error?.description == "\(server.url): max_tokens: expected at most 64 tokens, got more")
  }

  @Test func aQueueTellsWhenThereIsRoomAgain() async throws {
    let queue = TransferQueue()
    let wishes = Mutex<[TransferQueue.Wish]>([])
    queue.onWish { wish in wishes.withLock { $0.append(wish) } }
    let piece = HTTPTransport.Event.data(Data(count: 300 << 10))
    for isTaken in [true, true, true, true, false, false] { #expect(queue.offer(piece) == isTaken) }
    for _ in 0..<2 { _ = try await queue.next() }
    #expect(wishes.withLock { $0.isEmpty })
    _ = try await queue.next()
    #expect(wishes.withLock { $0 } == [.more])
    #expect(queue.offer(piece))
    queue.finish()
    for _ in 0..<2 { #expect(try await queue.next() != nil) }
    #expect(try await queue.next() == nil)
    queue.leave()
    #expect(wishes.withLock { $0 } == [.more, .nothing])
  }

  @Test(arguments: [
    ("http://127.0.0.1:1", true), ("http://127.9.8.7/x", true), ("http://localhost", true),
    ("http://LOCALHOST:8", true),
    ("http://[::1]:8080/v1", true), ("http://[::ffff:127.0.0.1]", true), ("http://127.evil.example", false),
    ("http://127.0.0.1.evil.example", false), ("http://localhost.evil.example", false), ("http://10.0.0.1", false),
    ("http://[::2]", false), ("http://evil.example/127.0.0.1", false),
  ])
  func loopbackIsAnAddress(_ url: String, _ isLoopback: Bool) {
    #expect(HTTPTransport.Call(url: url, headers: [], body: nil, idle: 1).isOnThisMachine == isLoopback)
  }
}
