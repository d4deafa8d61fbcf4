import Vocabulary

/// All URLs of one role. What belongs to one tree goes to one URL, as long as that answers: its prefix is cached there.
final class ServerPool: Sendable {
  let servers: [PooledServer]
  private let settings: ServerSettings

  init(_ servers: [PooledServer], _ settings: ServerSettings) {
    self.servers = servers
    self.settings = settings
  }

  /// The servers in the order in which `key` asks them: by rendezvous hashing, so that a URL that goes or comes moves
  /// nothing but its own share. Those that failed lately come last.
  func order(_ key: [UInt8]) -> [PooledServer] {
    let ranked = servers.map {
      (server: $0, weight: Rendezvous.weight(of: $0.endpoint.shown, for: key), rests: $0.rests)
    }
    return ranked.sorted { ($0.rests ? 1 : 0, $1.weight) < ($1.rests ? 1 : 0, $0.weight) }.map(\.server)
  }

  /// Does `body` with a server for `key`: again after a while where that may help, and with the next server at once where
  /// it is the server's fault. What failed has no effect on what is returned.
  ///
  /// - Parameter sequences: what the request makes a server write at once.
  /// - Throws: the last `ServerError`; `CancellationError` at once where the task is cancelled.
  func answer<Result: Sendable>(
    for key: [UInt8], sequences: Int = 1, _ body: @Sendable (ServerConnection) async throws -> Result
  ) async throws -> Result {
    var last = ServerError(.refused, "", "expected a server")
    for attempt in 0..<max(1, settings.attempts) {
      if attempt > 0 { try await Task.sleep(for: .seconds(settings.delay(before: attempt, last))) }
      var isWorthAnother = false
      for server in order(key) {
        do {
          return try await server.load.limiter.run(weight: sequences) { try await server.answer(body) }
        } catch let error as ServerError {
          last = error
          if error.reason == .busy { server.load.refused() }
          isWorthAnother = isWorthAnother || error.isRetryable
          guard error.isOfThisServer else { break }
          server.rest()
        }
      }
      guard isWorthAnother else { throw last }
    }
    throw last
  }
}

/// Rendezvous hashing (Thaler, Ravishankar 1998): every key ranks all servers by a hash of both.
enum Rendezvous {
  /// The weight of a server for `key`; the greatest wins. Complexity: O(length).
  static func weight(of server: String, for key: some Sequence<UInt8>) -> UInt64 {
    var bytes = ByteHash()
    bytes.feed(server.utf8)
    bytes.feed(CollectionOfOne(0xFF))  // no byte of UTF-8
    bytes.feed(key)
    // Mixed: a hash's high bits alone hardly depend on the last bytes.
    return SplitMix.mixed(bytes.value)
  }
}

/// FNV-1a (Fowler, Noll, Vo): a number that bytes decide, the same in every process and on every machine. Its high bits
/// hardly depend on the last bytes.
package struct ByteHash: Sendable {
  /// The number so far.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The number of no bytes.
  package init() {}

  /// Takes bytes. Complexity: O(bytes).
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}
