import Foundation
import ServerFixture
import Testing

@testable import Models

/// One role on several URLs.
struct ServerPoolTests {
  private func servers(_ count: Int, _ script: LlamaServerScript = LlamaServerScript()) throws -> [LoopbackServer] {
    try (0..<count).map { _ in try LoopbackServer { script.reply(to: $0) } }
  }

  private func model(_ servers: [LoopbackServer], rest: Double = 3600) throws -> ServerModel {
    var settings = ServerSettings()
    (settings.prompt, settings.ends) = ("Q: {question}\nA:\n", [])
    (settings.firstDelay, settings.longestDelay, settings.restSeconds) = (0.001, 0.01, rest)
    return try ServerModel(urls: servers.map(\.url), settings: settings)
  }

  private func sample(_ model: ServerModel, _ question: String, seed: UInt64 = 1) async throws -> [Sample] {
    try await model.sample([SampleRequest(prefix: model.prompt(for: question), seed: seed)])[0].samples
  }

  /// Which servers saw the question.
  private func seen(_ question: String, _ servers: [LoopbackServer]) -> [Int] {
    servers.indices.filter { index in
      servers[index].requests.contains { ($0.fields["prompt"] as? String)?.contains(question) == true }
    }
  }

  @Test func oneTreeStaysAtOneURLAndTreesAreSpread() async throws {
    let servers = try servers(3)
    let model = try model(servers)
    for question in (0..<12).map({ "question \($0)?" }) {
      for seed in 0..<3 { _ = try await sample(model, question, seed: UInt64(seed)) }
      #expect(seen(question, servers).count == 1)
    }
    // Which one depends on ports, which are others each time; that all twelve meet is less likely than 1 in 10 000.
    #expect(servers.count { $0.requests.contains { $0.fields["prompt"] != nil } } > 1)
  }

  @Test func aServerThatGoesMovesItsOwnShareOnly() {
    let urls = (0..<5).map { "http://host\($0):8000" }
    func winner(_ key: Int, _ urls: [String]) -> String {
      urls.max { Rendezvous.weight(of: $0, for: "\(key)".utf8) < Rendezvous.weight(of: $1, for: "\(key)".utf8) } ?? ""
    }
    let before = (0..<2000).map { winner($0, urls) }
    let after = (0..<2000).map { winner($0, Array(urls.dropFirst())) }
    #expect(zip(before, after).allSatisfy { $0 == $1 || $0 == urls[0] })
    for url in urls { #expect((300...500).contains(before.count { $0 == url })) }
  }

  @Test func aDeadURLIsLeftOutAndComesBack() async throws {
    let servers = try servers(2)
    let model = try model(servers, rest: 0)
    let right = try await sample(model, "who?")
    let first = try #require(seen("who?", servers).first)
    servers[first].stop()
    #expect(try await sample(model, "who?") == right, "the other one answers the same")
    #expect(seen("who?", servers) == [0, 1])
    try servers[first].start()
    let before = servers[first].requests.count
    #expect(try await sample(model, "who?") == right)
    #expect(servers[first].requests.count > before, "and the tree goes back to where its prefix was")
  }

  @Test func anotherModelOnAnotherURLIsNotUsed() async throws {
    var other = LlamaServerScript()
    other.size = 2000
    let both = try servers(1) + servers(1, other)
    let model = try model(both)
    let found = await model.probeAll()
    #expect(throws: Never.self) { try found[0].get() }
    let error = #expect(throws: ServerError.self) { try found[1].get() }
    #expect(error?.reason == .otherModel)
    for question in 0..<8 {
      #expect(try await sample(model, "\(question)?").count == 1)
      #expect(seen("Q: \(question)?", both) == [0])
    }
  }

  @Test func noMoreRequestsThanAllowedAreInFlight() async throws {
    let limiter = TaskLimiter(3)
    let gauge = Gauge()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          try await limiter.run {
            await gauge.enter()
            for _ in 0..<20 { await Task.yield() }
            await gauge.leave()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(await gauge.most == 3)
  }

  @Test func whoIsCancelledWhileWaitingLeavesTheQueueAtOnce() async throws {
    let limiter = TaskLimiter(1)
    let (inside, enter) = AsyncStream<Void>.makeStream()
    let (released, release) = AsyncStream<Void>.makeStream()
    let first = Task { () -> String in
      try await limiter.run {
        enter.yield()
        for await _ in released { break }
        return "done"
      }
    }
    for await _ in inside { break }
    let waiting = Task { try await limiter.run { "its turn" } }
    let behind = Task { try await limiter.run { "its turn" } }
    waiting.cancel()
    // The only place is taken until the last line but one: this would wait for ever.
    await #expect(throws: CancellationError.self) { try await waiting.value }
    release.yield()
    #expect(try await first.value == "done")
    #expect(try await behind.value == "its turn", "its place was not lost")
  }

  @Test func aConnectionThatStandsIsAskedForNothing() async throws {
    let servers = try servers(1)
    let server = PooledServer(
      ServerEndpoint(try ServerAddress(servers[0].url), key: nil, http: HTTPTransport()), ServerSettings())
    async let (one, other) = (server.connected(), server.connected())
    #expect(try await one.abilities == other.abilities)
    #expect(servers[0].requests.count { $0.path == "/props" } == 1, "callers at the same time wait for one probe")
    let asked = servers[0].requests.count
    // Nothing is waited for: a cancelled caller is told as well.
    let cancelled = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await server.connected()
    }
    #expect(try await cancelled.value.abilities == one.abilities)
    #expect(servers[0].requests.count == asked)
  }

  @Test func oneCallersCancellationLeavesTheProbeToTheOthers() async throws {
    let script = LlamaServerScript()
    let gate = DispatchSemaphore(value: 0)
    let (asked, ask) = AsyncStream<Void>.makeStream()
    let slow = try LoopbackServer { request in
      if request.path == "/props" {
        ask.yield()
        gate.wait()  // on the server's own thread
      }
      return script.reply(to: request)
    }
    var settings = ServerSettings()
    settings.connectSeconds = 3600  // however long the machine is busy with something else
    let server = PooledServer(
      ServerEndpoint(try ServerAddress(slow.url), key: nil, http: HTTPTransport()), settings)
    let impatient = Task { try await server.connected() }
    for await _ in asked { break }
    let patient = Task { try await server.connected() }
    impatient.cancel()
    await #expect(throws: CancellationError.self) { try await impatient.value }
    gate.signal()
    #expect(try await patient.value.abilities.server == "llama-server")
    #expect(slow.requests.count { $0.path == "/props" } == 1)
  }

  private actor Gauge {
    private var now = 0
    private(set) var most = 0
    func enter() {
      now += 1
      most = max(most, now)
    }
    func leave() { now -= 1 }
  }
}
