/// A language model that continues token sequences; whoever implements it counts what it computed.
///
/// Tokens, not texts, are passed on: half a character inside an option never breaks anything.
public protocol LanguageModel: Sendable {
  /// A name for people: the folder's last component, a server's model id.
  var name: String { get }
  /// Tells two sets of weights apart: the first 16 hex digits of the weights' SHA-256, or a server's nearest equivalent.
  var fingerprint: String { get }
  /// Names what token ids stand for: where two models' are equal, their tokens mean the same. Nil where ids mean nothing
  /// outside this object, so that nobody keeps them: texts are kept instead, and tokenized again.
  var vocabulary: String? { get }
  /// Number of token ids; ids are `0..<vocabularySize`.
  var vocabularySize: Int { get }
  /// Tokens of `text` alone, as it goes on from other text: no beginning-of-text token, no space that some tokenizers put
  /// before a whole text; special tokens' names in it are plain text.
  func tokenize(_ text: String) -> [Int32]
  /// The bytes that `tokens` stand for; special tokens stand for none. Not necessarily whole characters.
  func bytes(of tokens: [Int32]) -> [UInt8]
  /// Most tokens of a prefix and its continuation together.
  var contextLength: Int { get }
  /// The prompt for `question`, in the model's own template, with what the model expects at the beginning of a text.
  func prompt(for question: String) -> [Int32]
  /// What is asked in the place of `question` where `step` of an earlier attempt is to be written anew, because `objection` speaks
  /// against it. The question itself for a model that reads no objections: it draws again.
  func question(_ question: String, revising step: String, objection: String) -> String
  /// Texts behind which that template has answers stand, beside the usual places.
  var answerMarkers: [String] { get }
  /// Tokens of `text` as the beginning of a text of its own, with what the model expects at the beginning of one; without text
  /// that alone, which is empty where nobody can tell. Special tokens' names in it are those tokens where `specials` says so: only
  /// for a text in which nothing is a stranger's.
  func opening(_ text: String, specials: Bool) -> [Int32]
  /// Continues every request's prefix; results are in the order of `requests` and depend on nothing but their request.
  ///
  /// - Throws: `ModelError` for a request that cannot be served, `ServerError` for a server that does not answer it,
  ///   `CancellationError` when the task is cancelled.
  func sample(_ requests: [SampleRequest]) async throws -> [SampleResult]
  /// How likely each request's continuation is; results are in the order of `requests` and depend on nothing but their
  /// request.
  ///
  /// - Throws: `ModelError` for a request that cannot be served, `CancellationError` when the task is cancelled.
  func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult]
  /// How likely each of `labels` is to be what is written next, after each prefix; results are in the order of `prefixes`.
  ///
  /// - Throws: as ``logProbabilities(_:)``.
  func likelihoods(of labels: [String], after prefixes: [[Int32]]) async throws -> [LabelResult]
  /// What all samples so far have cost; nothing where the model keeps no account.
  var sampled: ModelUsage { get async }
  /// Empties the caches that this process keeps for the model: what is reused from now on was computed from now on. A
  /// server's caches are its own.
  func forget() async
  /// This model where it is behind servers; asked for more often than a cast should cost, which looks through every protocol of
  /// the program where the answer is no.
  var served: (any ServedModel)? { get }
}

/// Reads continuations line by line while they are written, and says where one is to end.
public protocol LineReader: Sendable {
  /// True where sample number `sample` of the request is to go on after `text`, which is all of it so far and ends a line.
  func goesOn(_ sample: Int, after text: String) async throws -> Bool
}

/// A model behind servers: what it can do is known once one of them was asked, and its answers take a time of their own.
public protocol ServedModel: LanguageModel, AnyObject {
  /// The URLs without credentials; at least one.
  var urls: [String] { get }
  /// What the servers can do; nil before one was asked.
  var abilities: ServerAbilities? { get }
  /// Sequences that the servers are writing now.
  var inFlight: Int { get }
  /// Asks the servers until one answers, where none was asked yet.
  ///
  /// - Throws: `ServerError` where none can be used, `CancellationError` when the task is cancelled.
  @discardableResult func connect() async throws -> ServerAbilities
  /// Asks every URL; what each can do, or what is wrong with it, in the order of the URLs.
  func probeAll() async -> [Result<(url: String, abilities: ServerAbilities), any Error>]
  /// Continues a request's prefix, with somebody who reads along: a sample that `reader` ends stops there, with the ending
  /// ``Termination/newline``, and the server writes no more of it.
  ///
  /// - Throws: as ``LanguageModel/sample(_:)``, and what `reader` throws.
  func sample(_ request: SampleRequest, readBy reader: any LineReader) async throws -> SampleResult
  /// The line that the model is writing, as it grows; for one reader, who may be slow.
  var writing: AsyncStream<String> { get }
}

extension ServedModel {
  /// Itself.
  public var served: (any ServedModel)? { self }
}

extension LanguageModel {
  /// The question as it is.
  public func question(_ question: String, revising step: String, objection: String) -> String { question }

  /// The weights' own: no other model's tokens mean the same.
  public var vocabulary: String? { fingerprint }

  /// The text's tokens alone; of a server, which puts its model's beginning before a text itself, all that can be sent.
  public func opening(_ text: String, specials: Bool) -> [Int32] { tokenize(text) }

  /// The usual places.
  public var answerMarkers: [String] { [] }

  /// No account is kept.
  public var sampled: ModelUsage { get async { ModelUsage() } }

  /// Nothing is kept that could be forgotten.
  public func forget() async {}

  /// It computes in this process.
  public var served: (any ServedModel)? { nil }

  /// `tokens` as text; bytes that are no UTF-8 become U+FFFD.
  public func text(of tokens: [Int32]) -> String { String(decoding: bytes(of: tokens), as: UTF8.self) }

  /// Continues one prefix.
  public func sample(_ request: SampleRequest) async throws -> SampleResult {
    let results = try await sample([request])
    guard let result = results.first else { throw ModelError(name, "sample", "expected one result, got none") }
    return result
  }

  /// How likely one continuation is.
  public func logProbabilities(prefix: [Int32], continuation: [Int32]) async throws -> LikelihoodResult {
    let results = try await logProbabilities([LikelihoodRequest(prefix: prefix, continuation: continuation)])
    guard let result = results.first else { throw ModelError(name, "likelihood", "expected one result, got none") }
    return result
  }
}

/// Tokens a model's answer cost, by what was done with them; `TokenUsage` of the engine counts by who spent them, so that a search
/// can hold a budget. The one is what a model reports, the other what a journal keeps.
public struct ModelUsage: Sendable, Hashable, Codable {
  /// Prefix tokens that were computed.
  public var prompted: Int
  /// Prefix tokens whose keys and values were found in the cache.
  public var reused: Int
  /// Tokens sampled.
  public var generated: Int
  /// Of the tokens that were generated, those that are in no sample: read past an end, or drawn again.
  public var discarded: Int

  /// Makes a usage; all counts are ≥ 0.
  public init(prompted: Int = 0, reused: Int = 0, generated: Int = 0, discarded: Int = 0) {
    self.prompted = prompted
    self.reused = reused
    self.generated = generated
    self.discarded = discarded
  }

  /// Adds the counts.
  public static func + (a: ModelUsage, b: ModelUsage) -> ModelUsage {
    ModelUsage(
      prompted: a.prompted + b.prompted, reused: a.reused + b.reused, generated: a.generated + b.generated,
      discarded: a.discarded + b.discarded)
  }

  /// Adds the counts of `b`.
  public static func += (a: inout ModelUsage, b: ModelUsage) { a = a + b }
}
