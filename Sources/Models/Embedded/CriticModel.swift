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
  private var lazy: LazyRuntime
  private let weight: [[Float]]
  private let bias: [Float]
  /// What ``strangeness(of:)`` found of the latest questions.
  private var strangenesses: [String: String?] = [:]

  /// Reads the heads of `folder` and checks its weights, which are read when they are first needed.
  ///
  /// - Throws: `ModelError` where the folder has no heads, or a tensor is missing or has the wrong shape.
  public init(_ folder: ModelFolder, cacheBytes: Int = EmbeddedModel.defaultCacheBytes) throws {
    try self.init(folder, cacheBytes: cacheBytes, on: nil)
  }

  /// The same on the thread of `lane`; nil: on one of its own.
  package init(_ folder: ModelFolder, cacheBytes: Int = EmbeddedModel.defaultCacheBytes, on lane: LaneThread?) throws {
    guard let file = folder.heads else {
      throw ModelError(folder.path, "etascope.json", "expected a list of heads: this model is no critic")
    }
    let width = folder.configuration.width + folder.settings.features.count
    let names = folder.settings.heads
    try file.check("heads.weight", shape: [names.count, width])
    let matrix = FloatMatrix(names.count, width)
    try file.read("heads.weight", shape: [names.count, width], into: matrix.base)
    let offsets = FloatMatrix(1, names.count)
    try file.read("heads.bias", shape: [names.count], into: offsets.base)
    weight = names.indices.map { Array(UnsafeBufferPointer(start: matrix.row($0), count: width)) }
    bias = Array(UnsafeBufferPointer(start: offsets.base, count: names.count))
    about = ModelText(folder)
    executor = ComputeExecutor(label: "critic \(folder.name)", on: lane)
    lazy = try LazyRuntime(folder, cacheBytes: cacheBytes)
  }

  /// The critic's thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// The folder's last component.
  public nonisolated var name: String { about.name }

  /// Most tokens of one state.
  public nonisolated var contextLength: Int { about.contextLength }

  /// The first 16 hex digits of the SHA-256 of `model.safetensors`.
  public nonisolated var fingerprint: String { about.fingerprint }

  /// The first 16 hex digits of the SHA-256 of `tokenizer.json`: where two are equal, tokens mean the same.
  public nonisolated var tokenizerFingerprint: String { about.tokenizer.fingerprint }

  /// The heads' names, in the order of their rows.
  public nonisolated var heads: [String] { about.settings.heads }

  /// Tokens of `text` alone, as it goes on from other text.
  public nonisolated func tokenize(_ text: String) -> [Int32] { about.tokenizer.encode(text, begins: false) }

  /// The bytes that `tokens` stand for.
  public nonisolated func bytes(of tokens: [Int32]) -> [UInt8] { about.tokenizer.bytes(of: tokens) }

  /// Beginning-of-text token and the question in the folder's template.
  public nonisolated func prompt(for question: String) -> [Int32] { about.prompt(for: question) }

  /// Scores at the last of `tokens` (prompt and all options).
  ///
  /// - Parameter promptCount: how many of `tokens` are the prompt; nil: up to the first line break.
  public func headScores(tokens: [Int32], promptCount: Int? = nil) async throws -> Scores {
    try scored(tokens, promptCount, at: [tokens.count - 1])[0]
  }

  /// Scores of each of `batch`, in order; shared prefixes are computed once.
  ///
  /// - Parameter promptCounts: how many tokens of each are the prompt; nil: up to the first line break.
  public func headScores(batch: [[Int32]], promptCounts: [Int]? = nil) async throws -> [Scores] {
    try batch.enumerated().map { try scored($1, promptCounts?[$0], at: [$1.count - 1])[0] }
  }

  /// Scores at several positions of one sequence, for the price of one pass; the first carries the usage.
  public func headScores(tokens: [Int32], positions: [Int], promptCount: Int? = nil) async throws -> [Scores] {
    try scored(tokens, promptCount, at: positions)
  }

  /// By how much the heads know nothing of `question`, in words: its trunk finds it less likely, byte by byte, than the questions that they were
  /// trained on. Nil where it is one of theirs, and where nobody measured what those are. Complexity: one pass over the
  /// question the first time, which the scores after it find in the cache.
  public func strangeness(of question: String) throws -> (figures: String?, usage: ModelUsage) {
    guard let least = about.settings.familiar else { return (nil, ModelUsage()) }
    if let known = strangenesses[question] { return (known, ModelUsage()) }
    let told = try lazy.runtime.logProbabilities(
      prefix: Array(prompt(for: question).prefix(1)), continuation: Array(prompt(for: question).dropFirst()))
    let each = told.logProbabilities.reduce(0, +) / Double(max(1, question.utf8.count))
    let figures =
      each < least
      ? String(format: "(%.2f nats a byte, theirs %.2f)", each, least)
      : nil
    if strangenesses.count >= 64 { strangenesses = [:] }
    strangenesses[question] = .some(figures)
    return (figures, told.usage)
  }

  /// Empties the prefix cache: what is reused from now on was computed from now on.
  public func forget() { lazy.made?.forget() }

  /// What the prefix cache holds now.
  package var cacheState: CacheState { lazy.made?.cacheState ?? CacheState(bytes: 0, segments: 0, evictions: 0) }

  private func scored(_ tokens: [Int32], _ promptCount: Int?, at positions: [Int]) throws -> [Scores] {
    guard !tokens.isEmpty else { throw ModelError(name, "tokens", "expected at least one token") }
    let (states, usage) = try lazy.runtime.hiddenStates(tokens, at: positions)
    let likelihood = try likelihood(tokens, promptCount, upTo: positions.max() ?? 0)
    return try states.enumerated().map { index, state in
      let inputs = state.map(Double.init) + likelihood.features(upTo: positions[index])
      var scores: [String: Double] = [:]
      for (row, head) in heads.enumerated() {
        let z = zip(weight[row], inputs).reduce(Double(bias[row])) { $0 + Double($1.0) * $1.1 }
        guard z.isFinite else { throw ModelError(name, head, "expected a finite number: the weights are damaged") }
        scores[head] = 1 / (1 + exp(-z))
      }
      return Scores(scores: scores, usage: index == 0 ? usage : ModelUsage())
    }
  }

  /// The trunk's log-probabilities of the solution's tokens; empty where no head reads them. The hidden states they are
  /// made from are in the cache by now.
  private func likelihood(_ tokens: [Int32], _ promptCount: Int?, upTo end: Int) throws -> Likelihood {
    let features = about.settings.features
    guard !features.isEmpty else { return Likelihood(features: [], start: 0, logProbabilities: [], endsLine: []) }
    let endsLine = tokens.map { about.tokenizer.bytes(of: [$0]).contains(0x0A) }
    let start = max(1, min(promptCount ?? (endsLine.firstIndex(of: true) ?? tokens.count - 1) + 1, tokens.count))
    guard start <= end else { return Likelihood(features: features, start: start, logProbabilities: [], endsLine: []) }
    let told = try lazy.runtime.logProbabilities(
      prefix: Array(tokens[..<start]), continuation: Array(tokens[start...end]))
    return Likelihood(
      features: features, start: start, logProbabilities: told.logProbabilities, endsLine: Array(endsLine[start...end]))
  }

  private struct Likelihood {
    let features: [SolutionFeature]
    let start: Int
    let logProbabilities: [Double]
    let endsLine: [Bool]

    /// The features' values at `position` of the tokens.
    func features(upTo position: Int) -> [Double] {
      let count = max(0, position - start + 1)
      return SolutionFeature.values(
        features, logProbabilities: Array(logProbabilities.prefix(count)), endsLine: Array(endsLine.prefix(count)))
    }
  }
}

/// A number that a critic's heads read beside the hidden state: how likely its own trunk finds a solution so far.
///
/// A trunk that knows more than the policy gives a wrong line a low probability, which says more than what heads can read
/// off the hidden state alone.
package enum SolutionFeature: String, Sendable, Hashable, CaseIterable {
  /// Sum of the log-probabilities of the solution's tokens.
  case solutionSum
  /// The least of them.
  case solutionWeakest
  /// Sum over the last line.
  case lineSum
  /// The least of the last line.
  case lineWeakest
  /// Sum over the least likely line.
  case weakestLine

  /// A token less likely than this counts as this: one slip of the pen must not drown everything else.
  static let floor = -20.0

  /// Values of `features` for a solution whose tokens have `logProbabilities` and of which `endsLine` end a line; all 0
  /// before its first token.
  static func values(_ features: [SolutionFeature], logProbabilities: [Double], endsLine: [Bool]) -> [Double] {
    let solution = logProbabilities.map { max($0, floor) }
    var lines: [ArraySlice<Double>] = []
    var start = 0
    for end in solution.indices where endsLine[end] || end == solution.count - 1 {
      lines.append(solution[start...end])
      start = end + 1
    }
    return features.map { feature in
      switch feature {
      case .solutionSum: solution.reduce(0, +)
      case .solutionWeakest: solution.min() ?? 0
      case .lineSum: lines.last?.reduce(0, +) ?? 0
      case .lineWeakest: lines.last?.min() ?? 0
      case .weakestLine: min(0, lines.map { $0.reduce(0, +) }.min() ?? 0)
      }
    }
  }
}
