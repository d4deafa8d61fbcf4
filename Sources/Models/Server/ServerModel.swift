import Synchronization
import Vocabulary

/// A language model behind one or more HTTP servers, which all serve the same weights.
///
/// Nothing is sent before it is needed: the first request, or ``connect()``, probes the server. Prompts are sent as text;
/// token ids stand for pieces of text and mean nothing outside this object (``vocabulary`` is nil).
public final class ServerModel: LanguageModel {
  let settings: ServerSettings
  let pool: ServerPool
  let table = PieceTable()
  private let known = Mutex<ServerAbilities?>(nil)
  let tokenBytes = Mutex<[Int32: [UInt8]]>([:])
  let used = Mutex(ModelUsage())

  /// The line that the model is writing, as it grows; of several written at once, the one that grew last. For one reader,
  /// who may be slow: what grew meanwhile is skipped.
  public let writing: AsyncStream<String>
  let write: AsyncStream<String>.Continuation

  /// A model served at `urls`, of which there is at least one.
  ///
  /// - Parameter key: sent to every URL that holds no user name of its own.
  /// - Throws: `ModelError` for what is no HTTP URL.
  public init(urls: [String], settings: ServerSettings = ServerSettings(), key: ServerKey? = nil) throws {
    guard !urls.isEmpty else { throw ModelError("model", "expected at least one URL") }
    let http = HTTPTransport()
    self.settings = settings
    (writing, write) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    pool = ServerPool(
      try urls.map { PooledServer(ServerEndpoint(try ServerAddress($0), key: key, http: http), settings) }, settings)
  }

  /// A model that `server` serves: it is waited for, also while it is started again, and its failure is told as it is.
  public init(_ server: LlamaServer, settings: ServerSettings = ServerSettings()) throws {
    self.settings = settings
    (writing, write) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    let endpoint = ServerEndpoint(try ServerAddress(server.url.absoluteString), key: nil, http: HTTPTransport())
    pool = ServerPool([PooledServer(endpoint, settings, keeper: server)], settings)
  }

  /// True where `spec` is meant as a URL.
  public static func isURL(_ spec: String) -> Bool {
    let start = spec.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// `spec` as it may be shown: a URL without credentials and query, anything else as it is.
  public static func shown(_ spec: String) -> String {
    guard isURL(spec) else { return spec }
    guard let address = try? ServerAddress(spec) else { return "a URL that cannot be read" }
    return address.shown + (address.model.map { "#" + $0 } ?? "")
  }

  /// Probes the servers until one answers, where none was probed yet.
  ///
  /// - Throws: `ServerError` where none can be used.
  @discardableResult
  public func connect() async throws -> ServerAbilities {
    try await pool.answer(for: []) { [self] in try noted($0) }.abilities
  }

  /// Probes every URL; what each can do, or what is wrong with it, in the order of the URLs.
  public func probeAll() async -> [Result<(url: String, abilities: ServerAbilities), any Error>] {
    var all: [Result<(url: String, abilities: ServerAbilities), any Error>] = []
    for server in pool.servers {
      do {
        let connection = try noted(try await server.connected())
        all.append(.success((server.endpoint.shown, connection.abilities)))
      } catch {
        all.append(.failure(error))
      }
    }
    return all
  }

  /// What the servers can do; nil before one was probed.
  public var abilities: ServerAbilities? { known.withLock { $0 } }

  /// The URLs without credentials.
  public var urls: [String] { pool.servers.map(\.endpoint.shown) }

  /// The model's id; the first URL before it is known.
  public var name: String { abilities?.model ?? urls[0] }

  /// The first 16 hex digits of the SHA-256 of what the server tells of its weights; empty before it was asked.
  public var fingerprint: String { abilities.map(Self.fingerprint) ?? "" }

  /// Nil: a piece's id means nothing outside this object.
  public var vocabulary: String? { nil }

  /// As the server tells; else the number of pieces so far.
  public var vocabularySize: Int { abilities?.vocabularySize ?? table.count }

  /// As the server tells; else so many that the server will be the one to object.
  public var contextLength: Int { abilities?.contextLength ?? Int(Int32.max) }

  /// One piece for all of `text`.
  public func tokenize(_ text: String) -> [Int32] {
    text.isEmpty ? [] : [table.id(of: PieceTable.Piece(bytes: Array(text.utf8)))]
  }

  /// The bytes of the pieces.
  public func bytes(of tokens: [Int32]) -> [UInt8] { table.bytes(of: tokens) }

  /// One piece: the question in the configured template.
  public func prompt(for question: String) -> [Int32] {
    tokenize(Template.filled(settings.prompt, [ServerPrompt.place: question]))
  }

  /// What all samples so far have cost.
  public var sampled: ModelUsage { used.withLock { $0 } }

  /// Continues every request's prefix; requests are in flight at once as far as each server's limit allows.
  ///
  /// - Throws: `ServerError`, `ModelError` for a field out of its range, `CancellationError`.
  public func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
    for request in requests { try request.validated(for: name) }
    return try await requests.mapAtOnce { [self] in try await samples(of: $0) }
  }

  // MARK: - What is known

  /// Takes note of what a server can do, and refuses one that serves another model than the others.
  func noted(_ connection: ServerConnection) throws -> ServerConnection {
    let first = known.withLock { known in
      if known == nil { known = connection.abilities }
      return known ?? connection.abilities
    }
    guard Self.fingerprint(first) == Self.fingerprint(connection.abilities) else {
      throw connection.endpoint.error(
        .otherModel,
        "expected the model \(first.model) as on the other URLs or before, it serves "
          + "\(connection.abilities.model) of other weights")
    }
    return connection
  }

  private static func fingerprint(_ abilities: ServerAbilities) -> String {
    String(SHA256.hex(Array("\(abilities.model)\n\(abilities.weights)".utf8)).prefix(16))
  }
}
