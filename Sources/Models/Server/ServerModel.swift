import Synchronization
import Vocabulary

/// A language model behind one or more HTTP servers, which all serve the same weights.
///
/// Nothing is sent before it is needed: the first request, or ``connect()``, probes the server. Prompts are sent as text;
/// token ids stand for pieces of text and mean nothing outside this object (``vocabulary`` is nil).
public final class ServerModel: ServedModel {
  private let settings: ServerSettings
  private let pool: ServerPool
  private let table = PieceTable()
  private let known = Mutex<(url: String, abilities: ServerAbilities)?>(nil)
  private let tokenBytes = Mutex<[Int32: [UInt8]]>([:])
  private let used = Mutex(ModelUsage())
  /// Whether a list of prompts was refused, or answered with one for all.
  private let refusesLists = Mutex(false)

  /// The line that the model is writing, as it grows; of several written at once, the one that grew last. For one reader,
  /// who may be slow: what grew meanwhile is skipped.
  public let writing: AsyncStream<String>
  private let write: AsyncStream<String>.Continuation

  /// A model served at `urls`, of which there is at least one.
  ///
  /// - Parameter key: sent to every URL that holds no user name of its own.
  /// - Throws: `ModelError` for what is no HTTP URL.
  public init(urls: [String], settings: ServerSettings = ServerSettings(), key: ServerKey? = nil) throws {
    guard !urls.isEmpty else { throw ModelError("model", "expected at least one URL") }
    let http = HTTPTransport()
    self.settings = settings
    let authorities = settings.authorities
    (writing, write) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    pool = ServerPool(
      try urls.map {
        PooledServer(ServerEndpoint(try ServerAddress($0), key: key, http: http, authorities: authorities), settings)
      },
      settings)
  }

  /// A model that `server` serves: it is waited for, also while it is started again, and its failure is told as it is.
  public init(_ server: LlamaServer, settings: ServerSettings = ServerSettings()) throws {
    self.settings = settings
    (writing, write) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    let endpoint = ServerEndpoint(
      try ServerAddress(server.url.absoluteString), key: server.key, http: HTTPTransport())
    pool = ServerPool([PooledServer(endpoint, settings, keeper: server)], settings)
  }

  /// True where `spec` is meant as a URL.
  package static func isURL(_ spec: String) -> Bool {
    let start = spec.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// `spec` as it may be shown: a URL without credentials and query, anything else as it is.
  package static func shown(_ spec: String) -> String {
    guard spec.contains("://") else { return spec }
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

  /// What the servers can do, and what their answers have shown since; nil before one was probed.
  public var abilities: ServerAbilities? { known.withLock { $0?.abilities } }

  /// Sequences that the servers are writing now.
  public var inFlight: Int { pool.servers.reduce(0) { $0 + $1.load.limiter.running } }

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

  /// By the prompt that is shown: its field `revise`.
  public func question(_ question: String, revising step: String, objection: String) -> String {
    settings.prompt(for: abilities?.interface ?? settings.interface).question(
      question, revising: step, objection: objection)
  }

  /// Those of the prompt that is shown.
  public var answerMarkers: [String] { settings.prompt(for: abilities?.interface ?? settings.interface).answers }

  /// One piece: the question in the prompt of the interface. Where that is not known yet, it is sent in the right one all the
  /// same.
  public func prompt(for question: String) -> [Int32] {
    let prompt = settings.prompt(for: abilities?.interface ?? settings.interface)
    let text = prompt.filled(question)
    return [table.id(of: PieceTable.Piece(bytes: Array(text.utf8), question: question))]
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

  /// Continues a request's prefix with somebody who reads along.
  public func sample(_ request: SampleRequest, readBy reader: any LineReader) async throws -> SampleResult {
    try request.validated(for: name)
    return try await samples(of: request, readBy: reader)
  }

  // MARK: - What is known

  /// Takes note of what a server can do, and refuses one that serves another model than the others.
  private func noted(_ connection: ServerConnection) throws -> ServerConnection {
    let (url, now) = (connection.endpoint.shown, connection.abilities)
    let first = known.withLock { known in
      // The first URL's is told, as it is known now.
      if known == nil || (known?.url == url && known?.abilities.isTold(now) == true) { known = (url, now) }
      return known?.abilities ?? now
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

// MARK: - Drawing

extension ServerModel {
  /// One request's samples, in as few requests to a server as it allows, all of them at once.
  private func samples(of request: SampleRequest, readBy reader: (any LineReader)? = nil) async throws -> SampleResult {
    if request.count == 0 { return SampleResult(samples: [], usage: ModelUsage()) }
    let pieces = table.pieces(of: request.prefix)
    let draws: Int
    if let known = abilities?.draws {
      draws = known
    } else {
      draws = try await pool.answer(for: Self.key(pieces)) { [self] in try noted($0).abilities.draws }
    }
    let starts = Array(stride(from: 0, to: request.count, by: max(1, draws)))
    let parts = try await starts.mapAtOnce { [self] start in
      let count = min(draws, request.count - start)
      return try await pool.answer(for: Self.key(pieces), sequences: count) { [self] connection in
        let connection = try noted(connection)
        let part = try await draw(request, index: start, count: count, pieces, readBy: reader, from: connection)
        _ = try noted(connection)
        return part
      }
    }
    let result = parts.reduce(into: SampleResult(samples: [], usage: ModelUsage())) {
      $0.samples += $1.samples
      $0.usage += $1.usage
    }
    used.withLock { $0 += result.usage }
    return result
  }

  /// What keeps a tree at one URL: its question, or its text's beginning.
  private static func key(_ pieces: [PieceTable.Piece]) -> [UInt8] {
    pieces.first.map { $0.question.map { Array($0.utf8) } ?? $0.bytes } ?? []
  }

  private func draw(
    _ request: SampleRequest, index: Int, count: Int, _ pieces: [PieceTable.Piece], readBy lines: (any LineReader)?,
    from connection: ServerConnection
  ) async throws -> SampleResult {
    let can = connection.abilities
    let prompt = settings.prompt(for: can.interface)
    let rule = StopRule(request.end, prompt.ends, can)
    if rule.needsEntropy, !can.logProbabilities {
      throw connection.endpoint.error(
        .unsupported, "option.entropy: expected 0, for this server tells no log-probabilities")
    }
    let written = String(decoding: pieces.dropFirst().flatMap(\.bytes), as: UTF8.self)
    if can.steps == .none, !written.isEmpty {
      throw connection.endpoint.error(
        .unsupported, "expected a server that goes on with a solution; this chat writes whole answers only")
    }
    var generator = SplitMix(seed: request.seed, index: index)
    let question = pieces.first?.question
    let draw = Draw(
      prompt: question.map(prompt.filled) ?? String(decoding: pieces.first?.bytes ?? [], as: UTF8.self),
      system: question == nil ? "" : prompt.system, written: written, count: count, temperature: request.temperature,
      topP: request.topP, maximumTokens: request.end == .token ? 1 : request.maximumTokens, stops: rule.stops,
      seed: UInt32(generator.next() >> 33), alternatives: rule.needsEntropy ? can.alternatives : 1,
      thinkingTokens: can.thinking == .none ? 0 : settings.thinkingTokens,
      request: [.text, .answer].contains(request.end) ? prompt.rest : prompt.next)
    var reader = SampleReader(
      draw, for: request, prompt, thinkingLimit: settings.thinkingTokens, from: connection)
    let began = ContinuousClock.now
    try await connection.endpoint.read(try can.dialect.request(draw), idle: settings.idleSeconds) {
      let goesOn = try reader.feed($0)
      write.yield(reader.line)
      guard let lines else { return goesOn }
      let wantsMore = try await reader.show(lines, first: index)
      return goesOn && wantsMore
    }
    let (drawn, usage) = try await reader.finish { try await bytes(ofNative: $0, connection) }
    connection.load?.wrote(
      tokens: drawn.map(\.assembler.tokens.count).max() ?? 0, seconds: (ContinuousClock.now - began) / .seconds(1))
    var result = SampleResult(samples: drawn.map { sample($0, connection.abilities) }, usage: usage)
    // What was left in the middle, because others had ended and the server went on with them, is drawn to its end by itself.
    for (number, left) in drawn.enumerated() where left.assembler.ending == nil {
      let part = result.samples[number]
      var rest = request
      (rest.count, rest.seed) = (1, request.seed &+ UInt64(index + number + 1))
      rest.maximumTokens = max(1, request.maximumTokens - part.tokens.count)
      let more = try await self.draw(
        rest, index: 0, count: 1, pieces + table.pieces(of: part.tokens),
        readBy: lines.map { LaterLines(reader: $0, sample: index + number, before: part.text) }, from: connection)
      result.usage += more.usage
      if let added = more.samples.first { result.samples[number] = part + added }
    }
    return result
  }

  private func sample(_ drawn: DrawnSample, _ abilities: ServerAbilities) -> Sample {
    let sample = drawn.assembler
    let logProbabilities = sample.tokens.compactMap(\.logProbability)
    let hasAll = abilities.logProbabilities && logProbabilities.count == sample.tokens.count
    return Sample(
      tokens: sample.tokens.map { table.id(of: PieceTable.Piece(bytes: $0.bytes, native: $0.native)) },
      bytes: sample.bytes, logProbabilities: hasAll ? logProbabilities : [], ending: sample.ending ?? .lengthCap,
      thinking: drawn.thinking)
  }

  /// The bytes of one of the server's own tokens, asked for once.
  private func bytes(ofNative token: Int32, _ connection: ServerConnection) async throws -> [UInt8]? {
    if let known = tokenBytes.withLock({ $0[token] }) { return known }
    guard let request = try connection.dialect.bytesRequest(of: token) else { return nil }
    let text = try await connection.endpoint.object(request, idle: settings.idleSeconds).string("content")
    tokenBytes.withLock { $0[token] = Array(text.utf8) }
    return Array(text.utf8)
  }
}

// MARK: - Scoring a given text

extension ServerModel {
  /// How likely each request's continuation is: one number for each of the server's own tokens, which are those of the
  /// continuation's text, and need not be as many as its pieces.
  ///
  /// - Throws: `ServerError`, among others where the server cannot tell; `CancellationError`.
  public func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    try await requests.mapAtOnce { [self] in try await score($0) }
  }

  private func score(_ request: LikelihoodRequest) async throws -> LikelihoodResult {
    return try await pool.answer(for: Self.key(table.pieces(of: request.prefix))) { [self] connection in
      let connection = try noted(connection)
      let (endpoint, idle) = (connection.endpoint, settings.idleSeconds)
      let (before, given) = (text(of: request.prefix), text(of: request.continuation))
      switch connection.abilities.scoring {
      case .grammar:
        return try await score(request, by: GrammarScoring(endpoint: endpoint, idle: idle))
      case .echo:
        let scoring = EchoScoring(endpoint: endpoint, model: connection.abilities.model, idle: idle)
        return try await scoring.score(given, after: before)
      case .generate:
        return try await GenerateScoring(endpoint: endpoint, idle: idle).score(given, after: before)
      case .none:
        throw endpoint.error(
          .unsupported, "expected a server that scores a given text; \(connection.abilities.server) does not")
      }
    }
  }

  private func score(_ request: LikelihoodRequest, by scoring: GrammarScoring) async throws -> LikelihoodResult {
    // The prefix as it is when something is drawn after it: a text.
    let prompt = try await scoring.tokens(of: text(of: request.prefix), begins: true)
    let pieces = table.pieces(of: request.continuation)
    let natives = pieces.compactMap { $0.native.map(Int.init) }
    let tokens =
      natives.count == pieces.count
      ? natives : try await scoring.tokens(of: text(of: request.continuation), begins: false)
    return try await scoring.score(tokens, after: prompt)
  }
}

// MARK: - Reading labels

extension ServerModel {
  /// Reads the labels among the ``TopTokens/count`` most probable tokens: one request for all prefixes of a server that takes
  /// a list of prompts, one a prefix elsewhere.
  ///
  /// - Throws: `ServerError`, among others where the server tells no log-probabilities.
  public func likelihoods(of labels: [String], after prefixes: [[Int32]]) async throws -> [LabelResult] {
    let texts = prefixes.map { text(of: $0) }
    let key = prefixes.first.map { Self.key(table.pieces(of: $0)) } ?? []
    if texts.count > 1, abilities?.interface == .completions, !refusesLists.withLock({ $0 }) {
      do {
        return try await read(labels, after: texts, key)
      } catch let error as ServerError where [.rejected, .shape, .failed].contains(error.reason) {
        refusesLists.withLock { $0 = true }
      }
    }
    return try await texts.mapAtOnce { [self] in
      guard let result = try await read(labels, after: [$0], key).first else {
        throw ModelError(name, "labels", "expected one result, got none")
      }
      return result
    }
  }

  private func read(_ labels: [String], after texts: [String], _ key: [UInt8]) async throws -> [LabelResult] {
    try await pool.answer(for: key, sequences: texts.count) { [self] connection in
      let connection = try noted(connection)
      guard connection.abilities.readsLabels else {
        throw connection.endpoint.error(
          .unsupported, "expected a server that tells log-probabilities, which a label's belief is read from")
      }
      let answer = try await connection.endpoint.object(
        TopTokens.request(texts, connection.abilities), idle: settings.idleSeconds)
      do {
        let all = try TopTokens.all(in: answer, count: texts.count)
        guard all.allSatisfy({ !$0.tokens.isEmpty }) else {
          throw connection.endpoint.error(.noLogProbabilities, "expected the most probable tokens, got none")
        }
        return all.map { LabelResult(beliefs: $0.beliefs(of: labels), usage: $0.usage) }
      } catch let error as ModelError {
        throw connection.endpoint.error(.shape, "\(error.field): \(error.expected)")
      }
    }
  }
}
