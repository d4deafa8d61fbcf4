import Foundation

/// A Llama trunk with linear heads on its final hidden states: value, process and outcome scores in one pass.
///
/// Trunk and heads share nothing with the policy; scoring a child after its parent costs only the child's own tokens.
public actor CriticModel {
  /// Scores by head, each in [0, 1], and what they cost.
  public struct Scores: Sendable, Hashable {
    /// Head → sigmoid of its output.
    public let scores: [String: Double]
    /// Tokens computed and reused.
    public let usage: ModelUsage
  }

  private nonisolated let executor: ComputeExecutor
  nonisolated let about: ModelText
  private let runtime: LlamaRuntime
  private let weight: [[Float]]
  private let bias: [Float]

  /// Reads the weights and heads of `folder`.
  ///
  /// - Throws: `ModelError` where the folder has no heads, or a tensor is missing or has the wrong shape.
  public init(_ folder: ModelFolder, cacheBytes: Int = EmbeddedModel.defaultCacheBytes) throws {
    guard let file = folder.heads else {
      throw ModelError(folder.path, "etascope.json", "expected a list of heads: this model is no critic")
    }
    let width = folder.configuration.width
    let names = folder.settings.heads
    try file.check("heads.weight", shape: [names.count, width])
    let matrix = FloatMatrix(names.count, width)
    try file.read("heads.weight", shape: [names.count, width], into: matrix.base)
    let offsets = FloatMatrix(1, names.count)
    try file.read("heads.bias", shape: [names.count], into: offsets.base)
    weight = names.indices.map { Array(UnsafeBufferPointer(start: matrix.row($0), count: width)) }
    bias = Array(UnsafeBufferPointer(start: offsets.base, count: names.count))
    about = ModelText(folder)
    executor = ComputeExecutor(label: "critic \(folder.name)")
    runtime = try LlamaRuntime(folder, cacheBytes: cacheBytes)
  }

  /// The critic's own thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// The folder's last component.
  public nonisolated var name: String { about.name }

  /// The first 16 hex digits of the SHA-256 of `model.safetensors`.
  public nonisolated var fingerprint: String { about.fingerprint }

  /// The first 16 hex digits of the SHA-256 of `tokenizer.json`: where two are equal, tokens mean the same.
  public nonisolated var tokenizerFingerprint: String { about.tokenizer.fingerprint }

  /// The heads' names, in the order of their rows.
  public nonisolated var heads: [String] { about.settings.heads }

  /// Tokens of `text` alone.
  public nonisolated func tokenize(_ text: String) -> [Int32] { about.tokenizer.encode(text) }

  /// The bytes that `tokens` stand for.
  public nonisolated func bytes(of tokens: [Int32]) -> [UInt8] { about.tokenizer.bytes(of: tokens) }

  /// Beginning-of-text token and the question in the folder's template.
  public nonisolated func prompt(for question: String) -> [Int32] { about.prompt(for: question) }

  /// Scores at the last of `tokens` (prompt and all options).
  public func headScores(tokens: [Int32]) async throws -> Scores { try scored(tokens, at: [tokens.count - 1])[0] }

  /// Scores of each of `batch`, in order; shared prefixes are computed once.
  public func headScores(batch: [[Int32]]) async throws -> [Scores] {
    try batch.map { try scored($0, at: [$0.count - 1])[0] }
  }

  /// Scores at several positions of one sequence, for the price of one pass; the first carries the usage.
  public func headScores(tokens: [Int32], positions: [Int]) async throws -> [Scores] {
    try scored(tokens, at: positions)
  }

  /// What the prefix cache holds now.
  public var cacheState: CacheState { runtime.cacheState }

  private func scored(_ tokens: [Int32], at positions: [Int]) throws -> [Scores] {
    guard !tokens.isEmpty else { throw ModelError(name, "tokens", "expected at least one token") }
    let (states, usage) = try runtime.hiddenStates(tokens, at: positions)
    return try states.enumerated().map { index, state in
      var scores: [String: Double] = [:]
      for (row, head) in heads.enumerated() {
        let z = zip(weight[row], state).reduce(Double(bias[row])) { $0 + Double($1.0) * Double($1.1) }
        guard z.isFinite else { throw ModelError(name, head, "expected a finite number: the weights are damaged") }
        scores[head] = 1 / (1 + exp(-z))
      }
      return Scores(scores: scores, usage: index == 0 ? usage : ModelUsage())
    }
  }
}
