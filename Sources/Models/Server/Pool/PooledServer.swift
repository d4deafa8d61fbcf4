import Synchronization

/// A URL that was probed: how it is spoken to, and what it can do, as far as is known now.
struct ServerConnection: Sendable {
  let endpoint: ServerEndpoint
  let facts: ServerFacts
  /// Told how fast it writes; nil while it is only probed.
  var load: ServerLoad?

  init(endpoint: ServerEndpoint, abilities: ServerAbilities) {
    self.endpoint = endpoint
    facts = ServerFacts(abilities)
  }

  var abilities: ServerAbilities { facts.abilities }
  var dialect: any ServerDialect { abilities.dialect }
}

extension ServerAbilities {
  /// How the server is spoken to.
  var dialect: any ServerDialect {
    switch interface {
    case .llama: LlamaDialect()
    case .chat: ChatDialect(can: self)
    case .automatic, .completions: CompletionsDialect(can: self)
    }
  }
}

/// One URL of a role: connects when it is first needed, and again after it has failed.
final class PooledServer: Sendable {
  let endpoint: ServerEndpoint
  let load: ServerLoad
  private let settings: ServerSettings
  /// Whoever starts the server, where that is this program.
  private let keeper: LlamaServer?
  private let state = Mutex(State())

  private struct State {
    var connecting: Task<ServerConnection, any Error>?
    var connection: ServerConnection?
    /// The last connection, whether it stands or not.
    var last: ServerConnection?
    var restsUntil: ContinuousClock.Instant?
  }

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings, keeper: LlamaServer? = nil) {
    self.endpoint = endpoint
    self.settings = settings
    self.keeper = keeper
    load = ServerLoad(settings.concurrency)
  }

  /// The connection, if it stands.
  var connection: ServerConnection? { state.withLock { $0.connection } }

  /// True where the URL failed lately.
  var rests: Bool { state.withLock { $0.restsUntil.map { $0 > .now } ?? false } }

  private enum Standing {
    case connected(ServerConnection)
    case connecting(Task<ServerConnection, any Error>)
  }

  /// Probes the server where that was not done, and looks whether it is still the same since it failed. Callers at the same
  /// time wait for one probe; a connection that stands costs a look.
  func connected() async throws -> ServerConnection {
    let standing = state.withLock { state -> Standing in
      if let connection = state.connection { return .connected(connection) }
      if let connecting = state.connecting { return .connecting(connecting) }
      let task = Task { [self] in try await probe() }
      state.connecting = task
      return .connecting(task)
    }
    switch standing {
    case .connected(let connection): return connection
    // The probe is for everybody: one caller's cancellation leaves it alone, and does not wait for it.
    case .connecting(let probe): return try await Self.value(of: probe)
    }
  }

  /// Does `body` with the connection: again at once where an answer taught how the server wants to be asked. Each time it is
  /// another lesson, so that this ends.
  ///
  /// - Throws: what `body` and the probe throw.
  func answer<Result>(_ body: (ServerConnection) async throws -> Result) async throws -> Result {
    let connection = try await connected()
    while true {
      do {
        return try await body(connection)
      } catch let lesson as ServerLesson {
        guard connection.facts.learn(lesson) else { throw endpoint.error(.shape, lesson.words) }
      } catch let error as ServerError where error.reason == .rejected {
        guard let field = error.field, connection.facts.learn(.refuses(field)) else { throw error }
      }
    }
  }

  private func probe() async throws -> ServerConnection {
    do {
      try await keeper?.ready()
      var connection = try await ServerProbe(endpoint, settings).connect(known: state.withLock { $0.last })
      connection.load = load
      if let slots = connection.abilities.slots { load.set(slots) }
      state.withLock { [connection] in
        ($0.connection, $0.last, $0.connecting, $0.restsUntil) = (connection, connection, nil, nil)
      }
      return connection
    } catch {
      state.withLock { $0.connecting = nil }
      throw error
    }
  }

  /// The URL failed: it is left alone for a while and probed anew then.
  func rest() {
    state.withLock {
      $0.connection = nil
      $0.restsUntil = .now + .seconds(settings.restSeconds)
    }
  }

  /// The value of `task`; throws `CancellationError` at once where the caller is cancelled, and lets `task` go on.
  private static func value<Value: Sendable>(of task: Task<Value, any Error>) async throws -> Value {
    let (stream, continuation) = AsyncStream<Result<Value, any Error>>.makeStream()
    Task {
      continuation.yield(await task.result)
      continuation.finish()
    }
    for await result in stream { return try result.get() }
    throw CancellationError()
  }
}
