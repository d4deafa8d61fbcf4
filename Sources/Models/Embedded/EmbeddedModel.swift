/// A model of Llama's family run in this process, with a prefix cache shared by all its callers.
///
/// All computing happens on one thread, call after call; a batch of requests is one call.
public actor EmbeddedModel: LanguageModel {
  /// Default budget of the prefix cache, in bytes.
  public static let defaultCacheBytes = 256 << 20

  private nonisolated let executor: ComputeExecutor
  nonisolated let about: ModelText
  private var lazy: LazyRuntime
  /// What all samples so far have cost.
  public private(set) var sampled = ModelUsage()

  /// Checks the weights of `folder`, which are read when they are first needed.
  ///
  /// - Parameter cacheBytes: budget of the prefix cache; exceeded only by what a call under way needs.
  /// - Throws: `ModelError` where a tensor is missing or has the wrong shape.
  public init(_ folder: ModelFolder, cacheBytes: Int = EmbeddedModel.defaultCacheBytes) throws {
    try self.init(folder, cacheBytes: cacheBytes, on: nil)
  }

  /// The same on the thread of `lane`; nil: on one of its own.
  package init(_ folder: ModelFolder, cacheBytes: Int = EmbeddedModel.defaultCacheBytes, on lane: LaneThread?) throws {
    about = ModelText(folder)
    executor = ComputeExecutor(label: "model \(folder.name)", on: lane)
    lazy = try LazyRuntime(folder, cacheBytes: cacheBytes)
  }

  /// The model's thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// The folder's last component.
  public nonisolated var name: String { about.name }

  /// The first 16 hex digits of the SHA-256 of `model.safetensors`.
  public nonisolated var fingerprint: String { about.fingerprint }

  /// The first 16 hex digits of the SHA-256 of `tokenizer.json`: where two are equal, tokens mean the same.
  public nonisolated var vocabulary: String? { about.tokenizer.fingerprint }

  /// Number of token ids.
  public nonisolated var vocabularySize: Int { about.vocabularySize }

  /// The context the model was trained for, in tokens.
  public nonisolated var contextLength: Int { about.contextLength }

  /// Tokens of `text` alone, as it goes on from other text. Complexity: O(n log n).
  public nonisolated func tokenize(_ text: String) -> [Int32] { about.tokenizer.encode(text, begins: false) }

  /// The bytes that `tokens` stand for.
  public nonisolated func bytes(of tokens: [Int32]) -> [UInt8] { about.tokenizer.bytes(of: tokens) }

  /// Beginning-of-text token and the question in the folder's template.
  public nonisolated func prompt(for question: String) -> [Int32] { about.prompt(for: question) }

  /// Beginning-of-text token and the text as it is.
  public nonisolated func opening(_ text: String, specials: Bool) -> [Int32] {
    about.tokenizer.beginning + (text.isEmpty ? [] : about.tokenizer.encode(text, specials: specials))
  }

  /// Continues every request's prefix, all samples together, up to 32 at a time.
  ///
  /// What a sample computed stays in the cache, so that a child whose prefix is the parent's plus a sampled option costs
  /// one token (the option's last, which was drawn but never fed).
  public func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
    let results = try SampleBatch.run(requests, on: lazy.runtime)
    for result in results { sampled += result.usage }
    return results
  }

  /// How likely each continuation is; what its prefix shares with the cache is not computed again.
  ///
  /// - Throws: `ModelError` for an empty prefix, an unknown token or more tokens than the context holds.
  public func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    let runtime = try lazy.runtime
    return try requests.map { try runtime.logProbabilities(prefix: $0.prefix, continuation: $0.continuation) }
  }

  /// Final hidden states (after the last norm) of `tokens` at `positions`, each `width` numbers.
  public func hiddenStates(
    _ tokens: [Int32], at positions: [Int]
  ) async throws -> (states: [[Float]], usage: ModelUsage) {
    try lazy.runtime.hiddenStates(tokens, at: positions)
  }

  /// Logits of the token after `tokens`, `vocabularySize` numbers.
  public func logits(after tokens: [Int32]) async throws -> [Float] { try lazy.runtime.logits(after: tokens) }

  /// Empties the prefix cache: what is reused from now on was computed from now on.
  ///
  /// Asynchronous like the protocol's own, which does nothing and which callers that can wait would get otherwise.
  public func forget() async { lazy.made?.forget() }

  /// What the prefix cache holds now.
  package var cacheState: CacheState { lazy.made?.cacheState ?? CacheState(bytes: 0, segments: 0, evictions: 0) }
}
